const SPACE = /[ \t\r\n]*/y;
const TOKEN = /[{}[\]:,]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * The slow, obvious way to JSON with every number as its literal; for text that `JSON.parse` accepts. V8's reviver tells
 * literals too, but now and then tells none.
 */
export function slowJsonLiterals(text: string): unknown {
  const tokens = tokensOf(text);
  let next = 0;

  function value(): unknown {
    const token = tokens[next++] ?? '';
    if (token === '[') return array();
    if (token === '{') return object();
    if (token.startsWith('"')) return JSON.parse(token);
    return /^[-\d]/.test(token) ? token : JSON.parse(token);
  }

  function array(): unknown[] {
    const items: unknown[] = [];
    while (tokens[next] !== ']') {
      if (tokens[next] === ',') next += 1;
      items.push(value());
    }
    next += 1;
    return items;
  }

  function object(): object {
    const members = new Map<string, unknown>();
    while (tokens[next] !== '}') {
      if (tokens[next] === ',') next += 1;
      const name = String(value());
      next += 1;
      members.set(name, value());
    }
    next += 1;
    // Not by assignment: a member may be called __proto__.
    return Object.fromEntries(members);
  }

  return value();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = endOf(SPACE, text, 0); at < text.length; ) {
    const end = endOf(TOKEN, text, at);
    if (end === at) throw new Error(`No token of JSON at ${at}.`);
    tokens.push(text.slice(at, end));
    at = endOf(SPACE, text, end);
  }
  return tokens;
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

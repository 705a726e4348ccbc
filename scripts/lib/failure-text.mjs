import { stripVTControlCharacters } from 'node:util';

/** What the end of a run tells of failures: of the first few tests, the first few lines of what each says. */
const MOST_TESTS = 10;
const MOST_LINES = 6;
const MOST_CHARACTERS = 600;
const MOST_OF_ONE = 240;
/** A message comes before its difference, for which there must be room. */
const MESSAGE_LINES = 3;

/**
 * What the errors of one test say, in a few lines without colours: the beginning of each message, where a test with
 * chance in it names its seed, and the lines that differ. vitest gives the difference apart, as `diff`.
 */
export function whyOf(errors) {
  const told = (errors ?? []).flatMap(({ message, value, diff }) => {
    const changed = linesOf(diff)
      .filter(isDifference)
      .map((line) => line.replace(/ +/, ' '));
    const said = linesOf(message ?? value);
    return changed.length === 0 ? said : [...said.slice(0, MESSAGE_LINES), ...changed];
  });
  return shortened(told);
}

/** Of a difference, a line that only one side has and that tells something; not the legend above, not a lone bracket. */
function isDifference(line) {
  return /^[-+] .*\w/.test(line) && !/^(- Expected|\+ Received)\b/.test(line);
}

function linesOf(text) {
  return stripVTControlCharacters(String(text ?? ''))
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** The first lines as far as there is room; a long one leaves some to the others. */
function shortened(lines) {
  let room = MOST_CHARACTERS;
  return lines.slice(0, MOST_LINES).flatMap((line) => {
    const length = Math.min(MOST_OF_ONE, room);
    room -= Math.min(line.length, length);
    if (length === 0) return [];
    return line.length > length ? `${line.slice(0, length - 1)}…` : line;
  });
}

/** The last lines of a run about its problems, as `tally` lists them: each with its name, the first ones with why. */
export function problemLines(problems) {
  return problems.flatMap(({ title, why }, place) => [
    `failed: ${title}`,
    ...(place < MOST_TESTS ? why.map((line) => `    ${line}`) : []),
  ]);
}

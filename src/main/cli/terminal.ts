/** What the command line touches of its surroundings. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  /** Aborts when the person or the system stops the program. */
  signal: AbortSignal;
  /** Writes a result to standard output. */
  result(text: string): void;
  /** Writes to standard error. */
  tell(text: string): void;
  /** Shows passing progress on standard error, where somebody watches. */
  progress(text: string): void;
}

const CLEAR_LINE = '\r\u001b[2K';

/** The terminal of this process. `flushed` resolves once everything written has left the process. */
export function processTerminal(signal: AbortSignal): Terminal & { flushed(): Promise<void> } {
  const { stdout, stderr, env } = process;
  let underProgress = false;
  const clear = (): void => {
    if (underProgress) stderr.write(CLEAR_LINE);
    underProgress = false;
  };
  // Whoever reads the output may stop early (`| head`); there is nobody left to tell.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const flush = (stream: NodeJS.WriteStream): Promise<void> =>
    new Promise((done) => void stream.write('', () => done()));
  return {
    env,
    signal,
    result(text) {
      clear();
      stdout.write(`${text}\n`);
    },
    tell(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!stderr.isTTY) return;
      stderr.write(`${CLEAR_LINE}${text}`);
      underProgress = true;
    },
    async flushed() {
      clear();
      await Promise.all([flush(stdout), flush(stderr)]);
    },
  };
}

import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/** Bytes in use once everything that nobody holds is gone: objects and buffers, and the process as a whole. */
export async function usedMemory(): Promise<{ held: number; process: number }> {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  // Buffers are given back a turn later.
  await new Promise(setImmediate);
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, process: rss };
}

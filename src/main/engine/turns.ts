/** Lets one long piece of work keep others waiting. */
export interface Turns {
  /** Does work for which a transaction stays open over several turns of the event loop: nothing else may begin then. */
  alone<T>(work: () => T | Promise<T>): Promise<T>;
  /** Does any other work, after whatever must be alone. */
  beside<T>(work: () => T | Promise<T>): Promise<T>;
}

/** Work begins in the order in which it is asked for. */
export function createTurns(): Turns {
  let alone: Promise<void> | null = null;
  const beside = new Set<Promise<unknown>>();

  return {
    async alone(work) {
      // Checked anew after every wait, and without a wait where nothing is alone: whoever is first in is first.
      while (alone !== null) await alone;
      const { promise, resolve } = Promise.withResolvers<void>();
      alone = promise;
      try {
        // What has begun before may be in the middle of something.
        await Promise.allSettled([...beside]);
        return await work();
      } finally {
        alone = null;
        resolve();
      }
    },
    async beside(work) {
      while (alone !== null) await alone;
      const running = Promise.resolve(work());
      beside.add(running);
      try {
        return await running;
      } finally {
        beside.delete(running);
      }
    },
  };
}

import { join } from 'node:path';
import { startSandboxThread } from '../sandbox/start-in-thread.ts';

/** A running demo store: Omnitron's look-alike in a thread of its own. */
export interface DemoStore {
  baseUrl: string;
  token: string;
  close(): Promise<void>;
}

/** Starts the demo store of a connection folder. What was corrected in it is kept in that folder. */
export async function startDemoStore(
  places: { sandboxWorker: string | URL; resourcesDir: string },
  folder: string,
  demo: { orders: number; seed: number },
): Promise<DemoStore> {
  return startSandboxThread({
    workerUrl: places.sandboxWorker,
    orders: demo.orders,
    seed: demo.seed,
    samplesDir: join(places.resourcesDir, 'samples'),
    stateFile: join(folder, 'demo-store.json'),
  });
}

import { parentPort, workerData } from 'node:worker_threads';
import { type CopierPart, runCopier } from './copier.ts';
import type { ThreadPart } from './threads.ts';

/**
 * One entry, three roles: the writer, the reader, and while a first pass goes on a thread that copies the WAL. That one
 * needs SQLite alone; the rest of the program would take another 40 MB there.
 */
const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');
const part = workerData as ThreadPart | CopierPart;
if (part.role === 'copier') runCopier(part);
else (await import('./serve.ts')).serve(port, part, new URL(import.meta.url));

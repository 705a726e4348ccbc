import { parentPort, workerData } from 'node:worker_threads';
import { type CopierPart, runCopier } from './copier.ts';
import { runSideReader, type SideReaderPart } from './side-reader.ts';
import type { ThreadPart } from './threads.ts';

/**
 * One entry, four roles: the writer, the reader, while a first pass goes on a thread that copies the WAL, and one that reads
 * beside a writer that runs the checks. The last two need SQLite alone; the rest of the program would take another 40 MB there.
 */
const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');
const part = workerData as ThreadPart | CopierPart | SideReaderPart;
if (part.role === 'copier') runCopier(part);
else if (part.role === 'side-reader') runSideReader(part);
else (await import('./serve.ts')).serve(port, part, new URL(import.meta.url));

import { openReaderFile, openWriterFiles } from '../../src/main/database/connection-files.ts';
import { explainFinding } from '../../src/main/reconcile/explain/explain-finding.ts';
import { type FilledFinding, fillWithDifferences } from './explain-store.ts';
import { percentile, timed } from './table.ts';

/**
 * A process of its own: fills an empty folder with differences and explains each, with the reading of its order, its
 * payments and its rows. Prints how long one took. Arguments: folder, seed, findings of up to 200 lines, of 2,000.
 */
const [folder = '', seed = '', ordinary = '', large = ''] = process.argv.slice(2);
/** Explained before anything is measured, as in a window that has been open for a while. */
const WARM = 500;
/** The fastest of so many counts: a processor that other programs share would be measured otherwise. */
const TRIES = 5;

const files = openWriterFiles(folder);
for (const file of [files.cache, files.local]) file.pragma('synchronous = OFF');
const sizes = [
  // As many with a handful of lines as with dozens, and as many as these with up to 200.
  ...Array.from({ length: Number(ordinary) }, (_, at) => 1 + ((at * 7) % ([5, 40, 200][at % 3] ?? 1))),
  ...Array.from({ length: Number(large) }, () => 2_000),
];
const findings = fillWithDifferences(files, Number(seed), sizes);
files.close();

const file = openReaderFile(folder);
for (const finding of findings.slice(0, WARM)) explainFinding(file, finding);
let explained = 0;
const explain = (finding: FilledFinding): void => {
  if (explainFinding(file, finding) !== null) explained += 1 / TRIES;
};
const measured = (some: readonly FilledFinding[]): { p99Ms: number; worstMs: number } => {
  const ms = some.map((finding) => Math.min(...Array.from({ length: TRIES }, () => timed(() => explain(finding)))));
  return { p99Ms: percentile(ms, 99), worstMs: percentile(ms, 100) };
};
const upTo200 = measured(findings.filter(({ lines }) => lines <= 200));
const of2000 = measured(findings.filter(({ lines }) => lines === 2_000));
file.close();
process.stdout.write(`${JSON.stringify({ upTo200, of2000, explained: Math.round(explained) })}\n`);

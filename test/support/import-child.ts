import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { importStatement } from '../../src/main/statements/import.ts';

/**
 * A process of its own: imports files one after the other and prints, of each, what became of its rows and by how much the
 * process has grown at its peak, in MB. Arguments: folder, paths.
 */
const [folder = '', ...paths] = process.argv.slice(2);
const files = { ...openWriterFiles(folder), author: { who: 'test', host: 'test', profile: null } };
files.local.pragma('synchronous = OFF');

const STATUS = '/proc/self/status';
/** On Linux `maxRSS` begins with what the parent process had when it forked, so that nothing would be seen to grow. */
function peakMb(): number {
  const told = existsSync(STATUS) ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  return Number(told ?? process.resourceUsage().maxRSS) / 1_024;
}

for (const path of paths) {
  const before = peakMb();
  const request = { path, kind: 'erp', dryRun: false, nowMs: 1, timeZone: 'Europe/Istanbul' } as const;
  const { accepted, rejected, rows } = await importStatement(files, request, undefined);
  process.stdout.write(`${JSON.stringify({ rows, accepted, rejected, grownMb: peakMb() - before })}\n`);
}
files.close();

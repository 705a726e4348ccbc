import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { expect, test, vi } from 'vitest';
import { keepHeapsSmall, keepMainThreadSmall } from '../../src/main/engine/heaps.ts';

const set = vi.hoisted(() => vi.fn());
vi.mock('node:v8', () => ({ setFlagsFromString: set }));

test('V8 knows every flag that is set: it would ignore another one with a line on standard error', () => {
  keepHeapsSmall();
  keepMainThreadSmall();
  const flags = set.mock.calls.map(([text]) => String(text).replace(/=.*/, ''));
  expect(flags.length).toBeGreaterThanOrEqual(3);
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8', maxBuffer: 1e7 });
  expect(flags.filter((flag) => !known.includes(`  ${flag} (`))).toEqual([]);
});

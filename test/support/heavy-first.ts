import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest files, the longest first. Begun last, one of them would keep one worker busy while the others are done. */
const HEAVY = [
  'crash/kill-during-sync',
  'crash/kill-during-push',
  'property/sync-model-plain',
  'property/sync-model-filtering',
  'faults/network-matrix',
  'crash/damaged-wal',
  'property/push-model',
  'property/statement-fuzz',
  'integration/cli-failures',
  'integration/cli-data-folder',
];

/** Starts the longest files first, also where no earlier run has told how long each takes. */
export class HeavyFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = HEAVY.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return found < 0 ? HEAVY.length : found;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

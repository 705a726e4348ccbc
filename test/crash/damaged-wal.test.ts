import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReaderFile, openWriterFiles } from '../../src/main/database/connection-files.ts';
import { damagedCopy } from '../../src/main/database/damaged-cache.ts';
import { AppError } from '../../src/shared/errors.ts';
import { tempFolder } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import {
  contentOf,
  expectBytes,
  type Image,
  PARTLY,
  type Pictures,
  restore,
  takePictures,
} from '../support/store-images.ts';

const IMAGES = Number(process.env.MUTABAKAT_WAL_IMAGES ?? 600);
const NOTES = ['cache.db.commits', 'local.db.commits'] as const;
const WALS = ['cache.db-wal', 'local.db-wal'] as const;
/** Sizes in a WAL (SQLite's file format, section 4): its header, and a frame with its own header. */
const HEADER = 32;
const FRAME = 24 + 4096;

type Between = (least: number, most: number) => number;

const DAMAGES: Record<string, (wal: Buffer, between: Between) => Buffer> = {
  cut: (wal, between) => wal.subarray(0, between(0, wal.length - 1)),
  'cut between frames': (wal, between) => wal.subarray(0, HEADER + FRAME * between(0, Math.floor(wal.length / FRAME))),
  'bits flipped'(wal, between) {
    for (let flips = between(1, 4); flips > 0; flips -= 1) {
      const at = between(0, wal.length - 1);
      wal[at] = (wal[at] ?? 0) ^ (1 << between(0, 7));
    }
    return wal;
  },
  'header spoilt'(wal, between) {
    const at = between(0, HEADER - 1);
    wal[at] = (wal[at] ?? 0) ^ between(1, 255);
    return wal;
  },
  'a stretch of zeros'(wal, between) {
    const at = between(0, wal.length - 1);
    return wal.fill(0, at, Math.min(wal.length, at + between(1, 3 * FRAME)));
  },
};

type Outcome = 'nothing lost' | 'earlier commit' | 'cache put aside' | 'local refused';

/** Opens a damaged image as a reader and as a writer; anything but a state that once was, or words about it, fails. */
function open(damaged: Image, pictures: Pictures, newest: { cache: string; local: string }, parent: string): Outcome {
  const folder = restore(damaged, parent);
  try {
    const reader = openReaderFile(folder);
    expect(pictures.cache).toContain(contentOf(reader));
    expect(pictures.local).toContain(contentOf(reader, 'local'));
    reader.close();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    expect(thrown.code).toBe('DATA_DAMAGED');
  }
  try {
    const files = openWriterFiles(folder);
    try {
      for (const file of [files.cache, files.local]) expect(file.pragma('quick_check', { simple: true })).toBe('ok');
      const local = contentOf(files.local);
      expect(pictures.local).toContain(local);
      const kept = damagedCopy(folder, files.cache);
      if (kept !== null) {
        expectBytes(join(folder, kept), damaged['cache.db']);
        expectBytes(join(folder, `${kept}-wal`), damaged['cache.db-wal']);
        expect(files.cache.prepare('SELECT count(*) FROM orders').pluck().get()).toBe(0);
        return 'cache put aside';
      }
      const cache = contentOf(files.cache);
      expect(pictures.cache).toContain(cache);
      return cache === newest.cache && local === newest.local ? 'nothing lost' : 'earlier commit';
    } finally {
      files.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    expect([thrown.code, thrown.message]).toEqual(['DATA_DAMAGED', expect.stringContaining('local.db')]);
    expectBytes(join(folder, 'local.db'), damaged['local.db']);
    expectBytes(join(folder, 'local.db-wal'), damaged['local.db-wal']);
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBe(false);
    return 'local refused';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function newestOf(image: Image, parent: string): { cache: string; local: string } {
  const folder = restore(image, parent);
  const reader = openReaderFile(folder);
  const contents = { cache: contentOf(reader), local: contentOf(reader, 'local') };
  reader.close();
  expect(existsSync(join(folder, 'cache.db-wal'))).toBe(true);
  return contents;
}

test(`${IMAGES} damaged WALs: a state that was committed once, or words; never a mixture`, { timeout: 600_000 }, () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const between: Between = (least, most) => least + Math.floor(random() * (most - least + 1));
  const parent = tempFolder();
  const pictures = takePictures();
  const images = pictures.images.map((each) => ({ ...each, newest: newestOf(each.image, parent) }));
  const kinds = Object.keys(DAMAGES);
  const outcomes: Record<string, number> = {};
  for (let count = 0; count < IMAGES; count += 1) {
    const { name, image, newest } = images[count % images.length] ?? expect.fail('no image');
    const kind = kinds[between(0, kinds.length - 1)] ?? '';
    // The cache's WAL three times of four: it is the busy one.
    const wal = WALS[between(0, 3) === 0 ? 1 : 0] ?? 'cache.db-wal';
    const spoilt = DAMAGES[kind]?.(Buffer.from(image[wal] ?? ''), between) ?? Buffer.alloc(0);
    const damaged: Image = { ...image, [wal]: spoilt };
    // A power cut may take the notes of what was committed last with it; the file's own count is left.
    const withoutNotes = name !== PARTLY && between(0, 1) === 1;
    if (withoutNotes) for (const note of NOTES) delete damaged[note];
    try {
      const outcome = open(damaged, pictures, newest, parent);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    } catch (thrown) {
      throw new Error(
        `seed ${seed}, image ${count}: ${wal} ${name}, ${kind}, ${withoutNotes ? 'without notes' : 'with notes'}`,
        { cause: thrown },
      );
    }
  }
  process.stdout.write(`damaged WALs, seed ${seed}: ${JSON.stringify(outcomes)}\n`);
  expect(Object.keys(outcomes).sort()).toEqual(['cache put aside', 'earlier commit', 'local refused', 'nothing lost']);
});

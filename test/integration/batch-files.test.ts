import { describe, expect, test } from 'vitest';
import { newSigningKey, signText } from '../../src/main/users/signing-keys.ts';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { AppError } from '../../src/shared/errors.ts';
import { BASE_URL, REASON, startBatches } from '../support/batch-store.ts';
import { NOW_MS } from '../support/engine.ts';
import { journalOf } from '../support/queue-store.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const connection = { name: 'shop', baseUrl: BASE_URL };
const here = { baseUrl: BASE_URL, nowMs: NOW_MS };
const MUTATIONS = 200;
const seed = testSeed();

/** Ada's workstation, where a batch waits, and Ceren's elsewhere; each knows the other's key. */
function twoWorkstations() {
  const home = startBatches();
  home.secondPerson();
  const away = startBatches({ orders: 1, who: 'audit' });
  away.addPeople('Ceren');
  const introduce = (from: typeof home, name: string, to: typeof home) =>
    to.writer.importIdentity({ text: from.writer.identityFile({ name }).text, nowMs: NOW_MS });
  introduce(away, 'Ceren', home);
  introduce(home, 'Ada', away);
  const batch = home.submitted(1, 2, 3);
  const file = home.writer.batchFile({ id: batch.id, connection, nowMs: NOW_MS });
  return { home, away, batch, file, introduce };
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : `no refusal: ${String(thrown)}`;
  }
};

test('a batch goes out as a signed file, is approved elsewhere, and the approval counts at home', () => {
  const { home, away, batch, file } = twoWorkstations();
  expect(file.name).toBe(`Mutabakat_batch_${batch.number}.json`);
  const opened = away.reader.openBatchFile({ text: file.text, path: '/in/batch.json' });
  expect(opened).toMatchObject({
    path: '/in/batch.json',
    number: batch.number,
    connection: `shop (${BASE_URL})`,
    maker: 'Ada',
    reason: REASON,
    makerKnown: true,
    fingerprint: home.reader.users({ nowMs: NOW_MS })[0]?.fingerprint,
    totals: [{ currency: 'try', orders: 3, amount: '6.30' }],
  });
  expect(opened.lines).toHaveLength(3);
  expect(opened.lines[0]?.fields).toEqual([{ field: 'is_send', base: false, target: true }]);
  const approval = away.writer.approveBatchFile({ text: file.text, ...here });
  expect(approval.name).toBe(`Mutabakat_approval_${batch.number}.json`);
  expect(home.writer.importApproval({ text: approval.text, ...here })).toMatchObject({
    state: 'approved',
    approver: 'Ceren',
    maker: 'Ada',
  });
  expect(home.writer.beginPushing({ id: batch.id, nowMs: NOW_MS }).state).toBe('pushing');
  expect(journalOf(away.folder)[0]).toMatchObject({ action: 'batch.approve', profile: 'Ceren' });
  expect(journalOf(home.folder).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['batch.export', 'batch.approve', 'user.import', 'push.begin']),
  );
  expect(codeOf(() => home.writer.importApproval({ text: approval.text, ...here }))).toBe('BATCH_STATE');
});

describe('is refused', () => {
  test('a file about another Omnitron, at both ends', () => {
    const { home, away, file } = twoWorkstations();
    const elsewhere = { ...here, baseUrl: 'https://other.example' };
    expect(codeOf(() => away.writer.approveBatchFile({ text: file.text, ...elsewhere }))).toBe('FILE_REFUSED');
    const { text } = away.writer.approveBatchFile({ text: file.text, ...here });
    expect(codeOf(() => home.writer.importApproval({ text, ...elsewhere }))).toBe('FILE_REFUSED');
  });

  test('an approval by nobody, by the maker, and by somebody with the maker’s name or key', () => {
    const { home, away, file } = twoWorkstations();
    away.writer.signOut();
    expect(codeOf(() => away.writer.approveBatchFile({ text: file.text, ...here }))).toBe('USER_NEEDED');
    expect(codeOf(() => home.writer.approveBatchFile({ text: file.text, ...here }))).toBe('OWN_BATCH');
    // The same name with another key is not the person who is known by it.
    const stranger = startBatches({ orders: 1 });
    stranger.addPeople('ADA');
    expect(codeOf(() => stranger.writer.approveBatchFile({ text: file.text, ...here }))).toBe('FILE_REFUSED');
    // The same key under another name.
    const copied = startBatches({ orders: 1 });
    copied.addPeople('Zeynep');
    const key = home.raw().prepare(`SELECT public_key, salt, sealed_key FROM users WHERE name = 'Ada'`).get();
    copied.raw().prepare('UPDATE users SET public_key = :public_key, salt = :salt, sealed_key = :sealed_key').run(key);
    copied.as('Zeynep');
    expect(codeOf(() => copied.writer.approveBatchFile({ text: file.text, ...here }))).toBe('OWN_BATCH');
  });

  test('an export by who did not make the batch, or of one that does not wait', () => {
    const { home, batch } = twoWorkstations();
    const exported = () => home.writer.batchFile({ id: batch.id, connection, nowMs: NOW_MS });
    home.as('Ben');
    expect(codeOf(exported)).toBe('USER_NEEDED');
    home.writer.signOut();
    expect(codeOf(exported)).toBe('USER_NEEDED');
    home.as('Ben');
    home.approve(batch.id);
    home.as('Ada');
    expect(codeOf(exported)).toBe('BATCH_STATE');
  });

  test('an approval by an unknown or disabled person, by a maker, and of what has changed since', () => {
    const { home, away, batch, file, introduce } = twoWorkstations();
    const { text } = away.writer.approveBatchFile({ text: file.text, ...here });
    const imported = () => home.writer.importApproval({ text, ...here });
    const rename = home.raw().prepare('UPDATE users SET name = ? WHERE name = ?');
    rename.run('Cemre', 'Ceren');
    expect(codeOf(imported)).toBe('USER_UNKNOWN');
    rename.run('Ceren', 'Cemre');
    const unknown = startBatches({ orders: 1 });
    unknown.addPeople('Umut');
    const byUmut = unknown.writer.approveBatchFile({ text: file.text, ...here }).text;
    expect(codeOf(() => home.writer.importApproval({ text: byUmut, ...here }))).toBe('USER_UNKNOWN');
    home.as('Ada');
    introduce(unknown, 'Umut', home);
    home.raw().prepare(`UPDATE corrections SET profile = 'Umut' WHERE order_id = 2`).run();
    expect(codeOf(() => home.writer.importApproval({ text: byUmut, ...here }))).toBe('OWN_BATCH');
    home.writer.sendBackBatch({ id: batch.id, reason: REASON, nowMs: NOW_MS });
    expect(codeOf(imported)).toBe('BATCH_STATE');
    home.submitted(4);
    expect(codeOf(imported)).toBe('BATCH_STATE');
    home.writer.disableUser({ name: 'Ceren', nowMs: NOW_MS });
    expect(codeOf(imported)).toBe('USER_UNKNOWN');
    expect(home.reader.batch({ id: batch.id }).state).toBe('for_approval');
  });

  test('an approval of what was sent back since, also where the same was submitted again', () => {
    const { home, away, batch, file } = twoWorkstations();
    const { text } = away.writer.approveBatchFile({ text: file.text, ...here });
    home.writer.importApproval({ text, ...here });
    home.as('Ada');
    home.writer.sendBackBatch({ id: batch.id, reason: 'not approved after all', nowMs: NOW_MS });
    home.writer.submitBatch({ id: batch.id, reason: REASON, nowMs: NOW_MS + 60_000 });
    expect(codeOf(() => home.writer.importApproval({ text, ...here }))).toBe('BATCH_STATE');
    const again = home.writer.batchFile({ id: batch.id, connection, nowMs: NOW_MS + 60_000 });
    const anew = away.writer.approveBatchFile({ text: again.text, ...here });
    expect(home.writer.importApproval({ text: anew.text, ...here }).state).toBe('approved');
  });

  test('an approval that was given at home', () => {
    const { home, batch } = twoWorkstations();
    home.as('Ben');
    home.approve(batch.id);
    const raw = home.raw();
    const text = raw.prepare<[], string>('SELECT approval FROM batches').pluck().get() ?? '';
    raw.prepare(`UPDATE batches SET state = 'for_approval'`).run();
    expect(codeOf(() => home.writer.importApproval({ text, ...here }))).toBe('FILE_REFUSED');
  });

  test('an identity that is known already, or that does not fit its fingerprint', () => {
    const { home, away } = twoWorkstations();
    const { text } = home.writer.identityFile({ name: 'Ada' });
    const taken = (changed: string) => codeOf(() => away.writer.importIdentity({ text: changed, nowMs: NOW_MS }));
    expect(taken(text)).toBe('USER_EXISTS');
    expect(taken(text.replace('"Ada"', '"Eda"'))).toBe('USER_EXISTS');
    expect(taken(text.replace(/"publicKey":"../, '"publicKey":"00'))).toBe('FILE_REFUSED');
    away.writer.signOut();
    expect(taken(home.writer.identityFile({ name: 'Ben' }).text)).toBe('USER_NEEDED');
    expect(codeOf(() => home.writer.identityFile({ name: 'Nobody' }))).toBe('USER_UNKNOWN');
  });

  test('whatever is no file of this program', () => {
    const { home, away, file } = twoWorkstations();
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const nested = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const hostile = [
      '',
      ' ',
      'null',
      '[]',
      '{}',
      '"x"',
      '1e999',
      deep,
      nested,
      '{"__proto__":{"format":"mutabakat-batch"}}',
      `\u{feff}${file.text}`,
      ` ${file.text}`,
      file.text.trimEnd(),
      file.text + file.text,
      file.text.replace('{', '{"format":"mutabakat-batch",'),
      file.text.replace('"version":1', '"version":2'),
      file.text.replace('"target":true', `"target":${deep}`),
      JSON.stringify(JSON.parse(file.text), null, 2),
      home.writer.identityFile({ name: 'Ada' }).text,
      'x'.repeat(33 * 1024 * 1024),
    ];
    for (const text of hostile) {
      const what = text.slice(0, 60);
      expect(
        codeOf(() => away.reader.openBatchFile({ text, path: 'x' })),
        what,
      ).toBe('FILE_REFUSED');
      expect(
        codeOf(() => away.writer.approveBatchFile({ text, ...here })),
        what,
      ).toBe('FILE_REFUSED');
      expect(
        codeOf(() => home.writer.importApproval({ text, ...here })),
        what,
      ).toBe('FILE_REFUSED');
      const identity = codeOf(() => away.writer.importIdentity({ text, nowMs: NOW_MS }));
      expect(identity, what).toBe(text.includes('mutabakat-identity') ? 'USER_EXISTS' : 'FILE_REFUSED');
    }
  });

  test('a file that somebody signed anew with a key of their own', () => {
    const { away, file } = twoWorkstations();
    const { signature: _, ...body } = JSON.parse(file.text);
    const { publicKey, key } = newSigningKey();
    const signed = (changed: Record<string, unknown>): string => {
      const whole = { ...body, ...changed };
      return `${canonicalJson({ ...whole, signature: signText(key, canonicalJson(whole)) })}\n`;
    };
    const open = (text: string) => codeOf(() => away.reader.openBatchFile({ text, path: 'x' }));
    // As Ada, whose key is known here; as somebody who had no part in it; with a digest of something else.
    expect(open(signed({ maker: { name: 'Ada', publicKey } }))).toBe('FILE_REFUSED');
    expect(open(signed({ maker: { name: 'Eve', publicKey } }))).toBe('FILE_REFUSED');
    const eve = { makers: ['Eve'], maker: { name: 'Eve', publicKey } };
    expect(open(signed({ ...eve, hash: '0'.repeat(64) }))).toBe('FILE_REFUSED');
    // A file of a stranger is what it says it is: of somebody who is not known here.
    expect(away.reader.openBatchFile({ text: signed(eve), path: 'x' })).toMatchObject({
      maker: 'Eve',
      makerKnown: false,
    });
  });
});

/** Text with one small random change: a character replaced, removed, doubled or inserted, two swapped, or cut off. */
function mutated(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const sign = String.fromCharCode(32 + Math.floor(random() * 95));
  const before = text.slice(0, at);
  const after = text.slice(at + 1);
  switch (Math.floor(random() * 6)) {
    case 0:
      return `${before}${sign}${after}`;
    case 1:
      return before + after;
    case 2:
      return `${before}${text[at] ?? ''}${text.slice(at)}`;
    case 3:
      return `${before}${sign}${text.slice(at)}`;
    case 4:
      return `${before}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`;
    default:
      return before;
  }
}

test(`each of ${MUTATIONS} changes of a batch file and of an approval is refused (seed ${seed})`, () => {
  const { home, away, batch, file } = twoWorkstations();
  const approval = away.writer.approveBatchFile({ text: file.text, ...here });
  const random = seededRandom(seed);
  const entries = [home, away].map(({ folder }) => journalOf(folder)[0]?.id);
  for (let count = 0; count < MUTATIONS; ) {
    const changedFile = mutated(file.text, random);
    const changedApproval = mutated(approval.text, random);
    if (changedFile === file.text || changedApproval === approval.text) continue;
    count += 1;
    expect(
      codeOf(() => away.reader.openBatchFile({ text: changedFile, path: 'x' })),
      changedFile,
    ).toBe('FILE_REFUSED');
    expect(codeOf(() => away.writer.approveBatchFile({ text: changedFile, ...here }))).toBe('FILE_REFUSED');
    expect(
      codeOf(() => home.writer.importApproval({ text: changedApproval, ...here })),
      changedApproval,
    ).toBe('FILE_REFUSED');
  }
  expect([home, away].map(({ folder }) => journalOf(folder)[0]?.id)).toEqual(entries);
  expect(home.writer.importApproval({ text: approval.text, ...here })).toMatchObject({
    id: batch.id,
    state: 'approved',
  });
});

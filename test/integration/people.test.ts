import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pauseMs } from '../../src/main/users/sign-in.ts';
import { AppError } from '../../src/shared/errors.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { PIN, REASON, startBatches } from '../support/batch-store.ts';
import { NOW_MS } from '../support/engine.ts';
import { journalOf } from '../support/queue-store.ts';

const refusal = (code: string) => expect.objectContaining({ code });
const MINUTE = 60_000;

describe('people', () => {
  test('the first is added by anybody, the next by somebody who is signed in', () => {
    const { writer, reader, folder } = startBatches({ orders: 1 });
    const ada = writer.addUser({ name: ' Ada Lovelace ', pin: PIN, nowMs: NOW_MS });
    expect(ada).toMatchObject({ name: 'Ada Lovelace', local: true, disabled: false, pausedUntil: null });
    expect(ada.fingerprint).toMatch(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
    const ben = { name: 'Ben', pin: '0000', nowMs: NOW_MS };
    expect(() => writer.addUser(ben)).toThrow(refusal('USER_NEEDED'));
    writer.signIn({ name: 'ada lovelace', pin: PIN, nowMs: NOW_MS });
    expect(writer.signedIn()).toBe('Ada Lovelace');
    writer.addUser(ben);
    writer.signOut();
    expect(writer.signedIn()).toBeNull();
    expect(reader.users({ nowMs: NOW_MS }).map(({ name }) => name)).toEqual(['Ada Lovelace', 'Ben']);
    expect(journalOf(folder).map(({ action, subject }) => [action, subject])).toEqual([
      ['user.add', 'user Ben'],
      ['user.sign-in', 'user Ada Lovelace'],
      ['user.add', 'user Ada Lovelace'],
    ]);
  });

  test('a name is one person’s, however it is written; names and PINs have their bounds', () => {
    const { writer } = startBatches({ orders: 1 });
    const add = (name: string, pin = PIN) => writer.addUser({ name, pin, nowMs: NOW_MS });
    for (const name of ['', ' ', '-a', 'a\nb', 'x'.repeat(41), 'a/b']) {
      expect(() => add(name), name).toThrow(refusal('VALUE_INVALID'));
    }
    for (const pin of ['123', 'x'.repeat(65)]) {
      const thrown = (() => {
        try {
          return add('Çağla', pin);
        } catch (refused) {
          return refused;
        }
      })();
      expect(thrown).toMatchObject({ code: 'VALUE_INVALID' });
      expect(String(thrown)).not.toContain(pin);
    }
    add('Çağla');
    writer.signIn({ name: 'çağla', pin: PIN, nowMs: NOW_MS });
    for (const name of ['Çağla', 'ÇAĞLA', ' çağla', 'Çağla'.normalize('NFD')]) {
      expect(() => add(name), name).toThrow(refusal('USER_EXISTS'));
    }
  });

  test('who is disabled signs in no more, and somebody always can', () => {
    const store = startBatches({ orders: 1 });
    store.secondPerson();
    store.addPeople('Ada'.concat('2'));
    const { writer } = store;
    const disable = (name: string) => writer.disableUser({ name, nowMs: NOW_MS });
    store.as('Ada');
    expect(disable('ben')).toMatchObject({ name: 'Ben', disabled: true });
    expect(() => store.as('Ben')).toThrow(refusal('USER_UNKNOWN'));
    expect(() => disable('Ben')).toThrow(refusal('VALUE_INVALID'));
    // Two people are needed for the approval of a second one.
    expect(() => disable('Ada2')).toThrow(refusal('VALUE_INVALID'));
    writer.setControl({ rules: DEFAULT_CONTROL, reason: REASON, nowMs: NOW_MS });
    disable('Ada2');
    expect(() => disable('Ada')).toThrow(refusal('VALUE_INVALID'));
    expect(() => disable('Nobody')).toThrow(refusal('USER_UNKNOWN'));
    writer.signOut();
    expect(() => disable('Ada')).toThrow(refusal('USER_NEEDED'));
  });

  test('who disables themselves is signed out', () => {
    const store = startBatches({ orders: 1 });
    store.addPeople('Ada', 'Ben');
    store.writer.disableUser({ name: 'Ada', nowMs: NOW_MS });
    expect(store.writer.signedIn()).toBeNull();
  });
});

describe('PINs', () => {
  test('five wrong ones in a row pause signing in, and every further one doubles the pause', () => {
    expect([0, 4, 5, 6, 7, 60].map(pauseMs)).toEqual([0, 0, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 24 * 60 * MINUTE]);
    const { writer, reader, folder } = startBatches({ orders: 1 });
    writer.addUser({ name: 'Ada', pin: PIN, nowMs: NOW_MS });
    const tryPin = (pin: string, nowMs: number): string => {
      try {
        return writer.signIn({ name: 'Ada', pin, nowMs }).name;
      } catch (thrown) {
        return thrown instanceof AppError ? thrown.code : 'INTERNAL';
      }
    };
    const wrong = ['9991', '9992', '9993', '9994', '9995', '9996'];
    expect(wrong.slice(0, 5).map((pin) => tryPin(pin, NOW_MS))).toEqual([
      'PIN_WRONG',
      'PIN_WRONG',
      'PIN_WRONG',
      'PIN_WRONG',
      'PIN_PAUSED',
    ]);
    expect(reader.users({ nowMs: NOW_MS })[0]?.pausedUntil).toBe(new Date(NOW_MS + 5 * MINUTE).toISOString());
    // Not even the right one counts during the pause, nor does a wrong one make it longer.
    expect([PIN, '9996'].map((pin) => tryPin(pin, NOW_MS + 5 * MINUTE - 1))).toEqual(['PIN_PAUSED', 'PIN_PAUSED']);
    expect(() => writer.changePin({ name: 'Ada', pin: PIN, newPin: '5555', nowMs: NOW_MS })).toThrow(
      refusal('PIN_PAUSED'),
    );
    expect(tryPin('9996', NOW_MS + 5 * MINUTE)).toBe('PIN_PAUSED');
    expect(tryPin(PIN, NOW_MS + 15 * MINUTE - 1)).toBe('PIN_PAUSED');
    expect(writer.signedIn()).toBeNull();
    expect(tryPin(PIN, NOW_MS + 15 * MINUTE)).toBe('Ada');
    expect(tryPin('9991', NOW_MS + 15 * MINUTE)).toBe('PIN_WRONG');
    const refused = journalOf(folder).filter(({ action }) => action === 'user.refused');
    expect(refused.map(({ after }) => after)).toMatchObject([1, 6, 5, 4, 3, 2, 1].map((failures) => ({ failures })));
    expect(JSON.stringify(journalOf(folder))).not.toMatch(new RegExp([PIN, ...wrong].join('|')));
  });

  test('a changed PIN opens the same key, the former one no more', () => {
    const store = startBatches({ orders: 1 });
    store.addPeople('Ada');
    const { writer } = store;
    const before = store.reader.users({ nowMs: NOW_MS })[0]?.fingerprint;
    const changed = writer.changePin({ name: 'Ada', pin: PIN, newPin: 'yepyeni', nowMs: NOW_MS });
    expect(changed.fingerprint).toBe(before);
    expect(() => store.as('Ada')).toThrow(refusal('PIN_WRONG'));
    expect(writer.signIn({ name: 'Ada', pin: 'yepyeni', nowMs: NOW_MS }).fingerprint).toBe(before);
    expect(() => writer.changePin({ name: 'Ada', pin: 'yepyeni', newPin: '1', nowMs: NOW_MS })).toThrow(
      refusal('VALUE_INVALID'),
    );
    expect(() => writer.signIn({ name: 'Eve', pin: PIN, nowMs: NOW_MS })).toThrow(refusal('USER_UNKNOWN'));
  });

  test('neither the PIN nor an open key is in any file of the data folder', () => {
    const store = startBatches({ orders: 1 });
    store.addPeople('Ada');
    const sealed = store.raw().prepare<[], Buffer>('SELECT sealed_key FROM users').pluck().get();
    const files = ['local.db', 'local.db-wal', 'cache.db'].map((name) => readFileSync(join(store.folder, name)));
    const all = Buffer.concat(files);
    expect(sealed === undefined ? -1 : all.indexOf(sealed)).toBeGreaterThan(0);
    expect(all.includes(PIN)).toBe(false);
    // What every PKCS #8 text of such a key begins with.
    expect(all.includes(Buffer.from('302e020100300506032b6570', 'hex'))).toBe(false);
  });

  test('a sealed key that was tampered with opens with no PIN', () => {
    const store = startBatches({ orders: 1 });
    store.addPeople('Ada');
    const raw = store.raw();
    const sealed = raw.prepare<[], Buffer>('SELECT sealed_key FROM users').pluck().get() ?? Buffer.alloc(0);
    for (const at of [5, 20, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      raw.prepare('UPDATE users SET sealed_key = ?, failures = 0').run(changed);
      expect(() => store.as('Ada'), `${at}`).toThrow(refusal('PIN_WRONG'));
    }
  });
});

describe('rules of control', () => {
  const on = { ...DEFAULT_CONTROL, makerChecker: true };
  const choose = (store: ReturnType<typeof startBatches>, rules: typeof on, reason = REASON) =>
    store.writer.setControl({ rules, reason, nowMs: NOW_MS });

  test('a second person’s approval needs two people, and somebody signed in to end it', () => {
    const store = startBatches({ orders: 1 });
    expect(store.reader.control()).toEqual({ version: 0, rules: DEFAULT_CONTROL });
    expect(() => choose(store, on)).toThrow(refusal('VALUE_INVALID'));
    store.addPeople('Ada');
    expect(() => choose(store, on)).toThrow(refusal('VALUE_INVALID'));
    store.addPeople('Ben');
    expect(choose(store, on)).toEqual({ version: 1, rules: on });
    expect(() => choose(store, on)).toThrow(refusal('VALUE_INVALID'));
    store.writer.signOut();
    expect(() => choose(store, DEFAULT_CONTROL)).toThrow(refusal('USER_NEEDED'));
    expect(() => choose(store, { ...on, unsendProven: true })).toThrow(refusal('USER_NEEDED'));
    store.as('Ben');
    expect(() => choose(store, DEFAULT_CONTROL, ' ')).toThrow(refusal('VALUE_INVALID'));
    choose(store, DEFAULT_CONTROL);
    expect(store.reader.control()).toEqual({ version: 2, rules: DEFAULT_CONTROL });
    expect(journalOf(store.folder)[0]).toMatchObject({
      action: 'control.choose',
      before: { version: 1, rules: on },
      after: { version: 2, rules: DEFAULT_CONTROL },
      reason: REASON,
    });
  });

  test('it is not switched while a batch waits for approval, or is approved and not pushed', () => {
    const store = startBatches();
    store.secondPerson();
    const { id } = store.submitted(1);
    expect(() => choose(store, DEFAULT_CONTROL)).toThrow(refusal('BATCH_STATE'));
    store.as('Ben');
    store.approve(id);
    expect(() => choose(store, DEFAULT_CONTROL)).toThrow(refusal('BATCH_STATE'));
    // Another rule may still be changed.
    choose(store, { ...on, clearProven: true });
    store.writer.beginPushing({ id, nowMs: NOW_MS });
    choose(store, DEFAULT_CONTROL);
    store.propose(2);
    store.submit();
    expect(() => choose(store, on)).toThrow(refusal('BATCH_STATE'));
  });
});

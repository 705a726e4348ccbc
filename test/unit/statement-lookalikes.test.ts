import { describe, expect, it } from 'vitest';
import { createLookalikes } from '../../src/main/sandbox/statement-lookalikes.ts';
import { statementOrder } from '../../src/main/sandbox/statement-orders.ts';
import type { RowState, StatementRowDraft } from '../../src/main/sandbox/statement-plants.ts';
import { statementOf, statementText } from '../../src/main/sandbox/statements.ts';
import { matchedStore } from '../support/matched-store.ts';

const SEED = 42;
/** An order that the ERP knows by a number of its own, and one without any row that has its amount two days before. */
const [OWN, LOOKALIKE] = [245_331, 677_955];
const OWN_LINE = 4;

const draft = statementOrder(SEED, OWN);
const row = (day: number, state: RowState): StatementRowDraft => ({
  ...{ order: '', invoice: '', batch: '', rate: '', fee: null, findings: [] },
  ...{ amount: draft.amount, currency: draft.currency, places: draft.places, day, state },
});

describe('rows that tell no order', () => {
  it.each([
    { only: [OWN], state: 'suggested' },
    { only: [OWN, LOOKALIKE], state: 'ambiguous' },
  ])('are told by amount and day: $only is $state, and so it is matched', async ({ only, state }) => {
    const request = { kind: 'erp', seed: SEED, orders: only.length, only } as const;
    const expected = statementOf(request).flatMap((each) => ('line' in each ? [[each.line, each.state] as const] : []));
    const store = matchedStore(SEED, only.length, (index) => only[index] ?? 0);
    const statement = await store.import('erp', [...statementText(request)].join(''));
    store.writer.matchRun({ nowMs: 1 });
    expect(new Map(expected).get(OWN_LINE)).toBe(state);
    expect(store.states(statement)).toEqual(new Map(expected));
  });

  it('are ambiguous where another row fits their order, and only within three days', () => {
    const outcomeBeside = (days: number): RowState => {
      const lookalikes = createLookalikes();
      const outcome: { state: RowState } = { state: 'suggested' };
      lookalikes.order(draft, []);
      lookalikes.row(row(draft.day, 'suggested'), outcome);
      lookalikes.row(row(draft.day + days, 'ambiguous'), { state: 'ambiguous' });
      lookalikes.settle();
      return outcome.state;
    };
    expect([outcomeBeside(3), outcomeBeside(-3), outcomeBeside(4)]).toEqual(['ambiguous', 'ambiguous', 'suggested']);
  });

  it('are for nobody who has a row already', () => {
    const lookalikes = createLookalikes();
    const outcome: { state: RowState } = { state: 'suggested' };
    lookalikes.order(draft, []);
    lookalikes.order({ ...draft, id: draft.id + 1 }, [row(draft.day, 'confirmed')]);
    lookalikes.row(row(draft.day, 'suggested'), outcome);
    lookalikes.settle();
    expect(outcome.state).toBe('suggested');
  });
});

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { MATCH_STATES } from '../../../shared/matches.ts';
import { rowsIn, useMatches } from '../../stores/matches-store.ts';
import { statementRows, useStatements } from '../../stores/statements-store.ts';
import { Button } from '../../ui/button.tsx';
import { Currency } from '../../ui/currency.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Progress } from '../../ui/progress.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { RunsPopover } from './runs-popover.tsx';

const TABS = ['all', ...MATCH_STATES] as const;

/** Which statement and state are shown, with counts; and what is done about all of them at once. */
export function MatchingBar(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, counts, busy, setFilter, acceptAll, run } = useMatches();
  const pages = useStore(statementRows, (state) => state.pages);
  const statements = [...pages.values()].flat().filter(({ withdrawnAt }) => withdrawnAt === null);
  const suggested = counts?.suggested ?? 0;

  return (
    <>
      <div className="toolbar">
        <label className={`select-filter${filter.statement === null ? '' : ' is-set'}`}>
          <span>{t('matching.statement')}</span>
          <select
            value={filter.statement ?? ''}
            onChange={(event) => {
              const chosen = Number(event.target.value);
              setFilter({ statement: chosen === 0 ? null : chosen });
            }}
          >
            <option value="">{t('matching.allStatements')}</option>
            {statements.map(({ statement, fileName }) => (
              <option key={statement} value={statement}>
                {t('matching.option', { id: statement, file: fileName })}
              </option>
            ))}
          </select>
          <Icon name="chevron" size={12} />
        </label>
        <SearchBox
          label={t('matching.search')}
          hint={t('matching.searchHint')}
          value={filter.text}
          onSearch={(text) => setFilter({ text })}
        />
        <span className="top-gap" />
        <RunsPopover />
        <Button disabled={busy} onClick={() => void run()}>
          {t('matching.run')}
        </Button>
        <Button kind="primary" disabled={busy || suggested === 0} onClick={() => void acceptAll()}>
          {t('matching.acceptAll')}
          {suggested > 0 && <span className="button-count">{format.count(suggested)}</span>}
        </Button>
      </div>
      <div className="toolbar state-bar">
        <Tabs
          label={t('matching.states')}
          tabs={TABS.map((name) => {
            const count = counts === null ? null : rowsIn(counts, name === 'all' ? null : name);
            return {
              name,
              label: name === 'all' ? t('matching.all') : t(`matching.state.${name}`),
              ...(count === null ? {} : { count }),
            };
          })}
          chosen={filter.state ?? 'all'}
          onChoose={(name) => setFilter({ state: name === 'all' ? null : name })}
        />
        <span className="top-gap" />
        <RejectedLink />
        <Differences />
      </div>
      {busy && (
        <div className="import-work" role="status">
          <span>{t('matching.running')}</span>
          <Progress label={t('matching.running')} done={0} total={null} />
        </div>
      )}
    </>
  );
}

/** How many rows of the statements could not be read, and the way to them: they are in none of the states. */
function RejectedLink(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { counts, filter } = useMatches();
  const rejected = counts?.rejected ?? 0;
  if (rejected === 0) return null;
  return (
    <button
      type="button"
      className="link tone-off unread-link"
      title={t('matching.unreadHelp')}
      onClick={() => void useStatements.getState().openRejected(filter.statement)}
    >
      {t('matching.unread', format.counted(rejected))}
    </button>
  );
}

/** What the confirmed matches differ by, per currency. */
function Differences(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useMatches((state) => state.counts);
  const sums = Object.entries(counts?.difference ?? {});
  if (sums.length === 0) return null;
  return (
    <span className="difference-sums">
      <span className="muted">{t('matching.difference')}</span>
      {sums.map(([currency, amount]) => (
        <span key={currency}>
          <b className="num">{format.amount(amount, currency, { zeroAsDash: true })}</b> <Currency code={currency} />
        </span>
      ))}
    </span>
  );
}

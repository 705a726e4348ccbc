import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type BackTest, MATCH_STATES } from '../../../shared/matches.ts';
import { useFormat } from '../../ui/use-format.ts';
import { MatchStateTag } from './match-state-tag.tsx';

/** Rows by state now and then, and the first rows that would change. */
export function BackTestResult({ test }: { test: BackTest }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <table className="plain-table" data-testid="back-test">
        <thead>
          <tr>
            <th scope="col">{t('matching.column.state')}</th>
            <th scope="col" className="num">
              {t('matchRules.now')}
            </th>
            <th scope="col" className="num">
              {t('matchRules.after')}
            </th>
            <th scope="col" className="num">
              {t('matchRules.change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {MATCH_STATES.map((state) => (
            <tr key={state}>
              <td>{t(`matching.state.${state}`)}</td>
              <td className="num">{format.count(test.now[state])}</td>
              <td className="num">{format.count(test.tried[state])}</td>
              <td className="num">{signed(test.tried[state] - test.now[state], format.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <strong>
          {test.changed === 0 ? t('matchRules.unchanged') : t('matchRules.changed', format.counted(test.changed))}
        </strong>{' '}
        {test.changed > test.rows.length && t('matchRules.more', { shown: format.count(test.rows.length) })}
      </p>
      {test.rows.length > 0 && (
        <div className="back-test-rows">
          <table className="side-table">
            <thead>
              <tr>
                <th scope="col">{t('matchRules.row')}</th>
                <th scope="col">{t('matching.column.key')}</th>
                <th scope="col">{t('matchRules.now')}</th>
                <th scope="col">{t('matchRules.after')}</th>
              </tr>
            </thead>
            <tbody>
              {test.rows.map((row) => (
                <tr key={row.id}>
                  <td>{t('matchRules.rowPlace', { statement: row.statement, line: format.count(row.line) })}</td>
                  <td className="code breakable">{row.key}</td>
                  <td>
                    <MatchStateTag state={row.now} />
                  </td>
                  <td>
                    <MatchStateTag state={row.tried} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function signed(change: number, count: (value: number) => string): string {
  if (change === 0) return '–';
  return change > 0 ? `+${count(change)}` : count(change);
}

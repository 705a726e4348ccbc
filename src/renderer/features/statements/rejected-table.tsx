import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ROW_PROBLEMS, rowProblem } from '../../../shared/labels/row-problems.ts';
import type { RejectedRow } from '../../../shared/statements.ts';
import { useSession } from '../../stores/session-store.ts';
import { useFormat } from '../../ui/use-format.ts';

/** Rows that could not be taken: line, column, why, what the cell says, and the key. `total` may be more than are listed. */
export function RejectedTable({ rows, total }: { rows: readonly RejectedRow[]; total: number }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const fields: Readonly<Record<string, string>> = ROW_PROBLEMS[language].fields;
  return (
    <>
      <table className="plain-table rejected-table" data-testid="rejected-rows">
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('statements.rejected.line')}
            </th>
            <th scope="col">{t('statements.rejected.field')}</th>
            <th scope="col">{t('statements.rejected.reason')}</th>
            <th scope="col">{t('statements.rejected.value')}</th>
            <th scope="col">{t('statements.rejected.key')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="num">{format.count(row.line)}</td>
              <td>{fields[row.field] ?? row.field}</td>
              <td>{rowProblem(row.code, language)}</td>
              <td className="code breakable">{row.value}</td>
              <td className="code breakable">{row.order ?? row.invoice ?? row.transaction}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && (
        <p className="muted">{t('statements.rejected.more', format.counted(total - rows.length))}</p>
      )}
    </>
  );
}

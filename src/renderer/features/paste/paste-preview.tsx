// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { correctionField, type PastedRow } from '../../../shared/corrections.ts';
import { isProposalRefusal } from '../../../shared/labels/refusals.ts';
import { useFormat } from '../../ui/use-format.ts';
import { fieldLabel } from '../corrections/field-label.ts';
import { useFieldText } from '../corrections/field-text.ts';
import { refusalText } from './refusal-text.ts';

/** A window shows no more rows at once; those that need a look stand first. */
const MOST_SHOWN = 200;

interface PastePreviewProps {
  rows: readonly PastedRow[];
  good: number;
  bad: number;
  ignored: readonly string[];
}

/** What a paste would queue, row by row, and why rows are refused. */
export function PastePreview({ rows, good, bad, ignored }: PastePreviewProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = [...rows.filter(({ problem }) => problem !== null), ...rows.filter(({ problem }) => problem === null)];
  return (
    <section className="paste-preview" aria-label={t('paste.preview')}>
      <p aria-live="polite">
        <strong>{t('paste.good', format.counted(good))}</strong>
        {bad > 0 && <span className="field-error"> · {t('paste.bad', format.counted(bad))}</span>}
      </p>
      {ignored.length > 0 && <p className="muted">{t('paste.ignored', { headings: ignored.join(', ') })}</p>}
      {rows.length > MOST_SHOWN && <p className="muted">{t('paste.shown', { formatted: format.count(MOST_SHOWN) })}</p>}
      <section className="paste-rows" tabIndex={0} aria-label={t('paste.preview')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t('paste.column.line')}
              </th>
              {(['order', 'target', 'sets', 'outcome'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`paste.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, MOST_SHOWN).map((row) => (
              <PreviewRow key={row.line} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function PreviewRow({ row }: { row: PastedRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldText = useFieldText();
  const { line, orderNumber, lineId, lines, set, problem } = row;
  const target =
    lines > 1 ? t('paste.allLines', format.counted(lines)) : lineId === null ? t('paste.ofOrder') : String(lineId);
  return (
    <tr>
      <td className="num">{format.count(line)}</td>
      <td className="code breakable">{orderNumber}</td>
      <td>{problem === null ? target : (lineId ?? '')}</td>
      <td>
        {Object.entries(set).map(([name, value]) => {
          const field = correctionField.safeParse(name);
          return (
            <p key={name} className="breakable">
              {field.success ? `${fieldLabel(t, field.data)}: ${fieldText(field.data, value)}` : name}
            </p>
          );
        })}
      </td>
      <td>
        {problem === null ? (
          t('paste.ok')
        ) : (
          <span className="field-error">
            {isProposalRefusal(problem.reason) ? refusalText(t, problem.reason, null) : problem.message}
          </span>
        )}
      </td>
    </tr>
  );
}

// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { STATEMENT_FIELDS, type StatementPreview, type StatementSpec } from '../../../shared/statements.ts';
import { useImport } from '../../stores/import-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { type ColumnHint, columnHints } from './column-hints.ts';
import { columnFields, withColumn } from './column-map.ts';

const AMOUNT_FIELDS: readonly string[] = ['amount', 'refund', 'fee', 'net', 'rate'];
/** More rows say no more about a column. */
const ROWS_SHOWN = 8;

/** What each column of the file is, over the first rows as they stand in it. */
export function ColumnsStep({ preview, spec }: { preview: StatementPreview; spec: StatementSpec }): ReactNode {
  const { t } = useTranslation();
  const { kind, setSpec } = useImport();
  const fields = columnFields(preview, spec);
  const hints = columnHints(preview, spec, kind);
  const nameOf = (index: number): string => {
    const heading = (preview.headings[index] ?? '').trim();
    return heading === '' ? t('importing.unnamed', { number: index + 1 }) : heading;
  };
  const choose = (index: number, value: string): void => {
    const field = STATEMENT_FIELDS.find((each) => each === value) ?? null;
    void setSpec(withColumn(preview, spec, { index, field }));
  };

  return (
    <section className="card step" aria-label={t('importing.step.columns')}>
      <h2>{t('importing.step.columns')}</h2>
      <p className="muted">{t('importing.columnsHelp')}</p>
      <section className="map-scroll" aria-label={t('importing.firstRows')} tabIndex={0}>
        <table className="map-table" data-testid="column-map">
          <thead>
            <tr>
              {fields.map((field, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column of a file has nothing but its place
                <th key={index} scope="col" className={field === null ? '' : 'is-used'}>
                  <select
                    aria-label={t('importing.columnOf', { name: nameOf(index) })}
                    value={field ?? ''}
                    onChange={(event) => choose(index, event.target.value)}
                  >
                    <option value="">{t('importing.unused')}</option>
                    {STATEMENT_FIELDS.map((each) => (
                      <option key={each} value={each}>
                        {t(`importing.field.${each}`)}
                      </option>
                    ))}
                  </select>
                  <span className="map-name" title={nameOf(index)}>
                    {nameOf(index)}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.sample.slice(0, ROWS_SHOWN).map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a sample have nothing but their place
              <tr key={line}>
                {fields.map((field, index) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    key={index}
                    className={`${field === null ? 'muted' : ''}${AMOUNT_FIELDS.includes(field ?? '') ? ' num' : ''}`}
                    title={row[index]}
                  >
                    {row[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Hints hints={hints} nameOf={nameOf} />
    </section>
  );
}

function Hints({ hints, nameOf }: { hints: readonly ColumnHint[]; nameOf(index: number): string }): ReactNode {
  const { t } = useTranslation();
  if (hints.length === 0) return null;
  return (
    <ul className="hint-list">
      {hints.map(({ column, code, stops, value }) => (
        <li key={`${code} ${column} ${value}`} className={stops ? 'field-error' : 'warning-text'}>
          <Icon name={stops ? 'errorMark' : 'warningMark'} size={10} />
          <span>
            {column !== null && <b>{nameOf(column)}: </b>}
            {t(`importing.hint.${code}`, { value, name: value })}
          </span>
        </li>
      ))}
    </ul>
  );
}

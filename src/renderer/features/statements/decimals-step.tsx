import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementPreview, StatementSpec } from '../../../shared/statements.ts';
import { chosenReading, isTotal, proveDecimals, type Reading } from '../../stores/decimal-proof.ts';
import { useImport } from '../../stores/import-store.ts';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Both readings of the amounts side by side, and the printed total that tells which one is right. */
export function DecimalsStep({ preview, spec }: { preview: StatementPreview; spec: StatementSpec }): ReactNode {
  const { t } = useTranslation();
  const { printed, decided, setPrinted, decide } = useImport();
  const proof = proveDecimals(preview.readings, printed);
  const { readings, why } = proof;
  const chosen = chosenReading(proof, decided);
  const isMissed = printed.trim() !== '' && isTotal(printed) && readings.every(({ ties }) => ties !== true);

  return (
    <section className="card step" aria-label={t('importing.step.decimals')}>
      <h2>{t('importing.step.decimals')}</h2>
      <p className="muted">{t('importing.decimalsHelp')}</p>
      <div className="proof">
        <fieldset className="choice-list proof-list">
          <legend>{t('importing.sum')}</legend>
          {readings.map((reading) => (
            <ReadingChoice
              key={reading.style}
              reading={reading}
              currency={spec.currency ?? ''}
              chosen={chosen === reading.style}
              onChoose={() => decide(reading.style)}
            />
          ))}
        </fieldset>
        <Field
          label={t('importing.printed')}
          help={
            preview.printedTotals.length === 0
              ? t('importing.printedHelp')
              : t('importing.printedFound', { totals: preview.printedTotals.join(' · ') })
          }
          error={printed.trim() === '' || isTotal(printed) ? null : t('importing.printedBad')}
        >
          {(ids) => (
            <input
              {...ids}
              type="text"
              className="num"
              maxLength={30}
              value={printed}
              onChange={(event) => setPrinted(event.target.value)}
            />
          )}
        </Field>
      </div>
      {isMissed ? (
        <p className="warning-note" role="status">
          <Icon name="warningMark" size={12} /> {t('importing.tiesNot', { total: printed.trim() })}
        </p>
      ) : (
        (why === 'sameSums' || why === 'onlyOne') && <p className="muted">{t(`importing.${why}`)}</p>
      )}
    </section>
  );
}

interface ReadingChoiceProps {
  reading: Reading;
  currency: string;
  chosen: boolean;
  onChoose(): void;
}

function ReadingChoice({ reading, currency, chosen, onChoose }: ReadingChoiceProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { style, sum, ties, difference } = reading;
  return (
    <label className={chosen ? 'is-on' : ''}>
      <input type="radio" name="decimal" value={style} checked={chosen} disabled={sum === null} onChange={onChoose} />
      <span className="proof-style">
        <b>{t(`importing.decimal.${style}`)}</b>
        {ties === true && (
          <span className="tag tag-good">
            <Icon name="check" size={10} /> {t('importing.ties')}
          </span>
        )}
        {ties === false && (
          <span className="tag tag-warning">
            {t('importing.off', { difference: format.amount(difference, currency) })}
          </span>
        )}
      </span>
      <span className={sum === null ? 'muted' : 'num proof-sum'}>
        {sum === null ? t('importing.doesNotFit') : format.amount(sum, currency)}
      </span>
    </label>
  );
}

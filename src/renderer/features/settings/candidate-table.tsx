import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate, ExplainedShare } from '../../../shared/calibration.ts';
import type { PeopleLanguage } from '../../../shared/format.ts';
import { formulaText } from '../../../shared/rule-words.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/use-format.ts';

interface CandidateTableProps {
  /** The best first. */
  candidates: readonly Candidate[];
  language: PeopleLanguage;
  /** Which of them is chosen. */
  place: number;
  onPlace(place: number): void;
}

/** How many formulas are shown at first: those below explain less. */
const FIRST = 4;

/** The formulas with what each of them explains, to choose one. */
export function CandidateTable({ candidates, language, place, onPlace }: CandidateTableProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useId();
  const [all, setAll] = useState(false);
  const share = ({ orders, percent }: ExplainedShare): string =>
    percent === null
      ? t('calibration.none')
      : t('calibration.share', {
          percent: language === 'tr' ? percent.replace('.', ',') : percent,
          orders: format.count(orders),
        });
  const shown = candidates.filter(({ inForce }, index) => all || inForce || index < FIRST || index === place);

  return (
    <>
      <table className="candidates">
        <thead>
          <tr>
            <th scope="col">{t('calibration.column.formula')}</th>
            <th scope="col" className="num">
              {t('calibration.column.all')}
            </th>
            <th scope="col" className="num">
              {t('calibration.column.telling')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((candidate) => {
            const index = candidates.indexOf(candidate);
            const text = formulaText(candidate.formula, language);
            return (
              <tr key={text}>
                <td>
                  <label>
                    <input
                      type="radio"
                      name={name}
                      checked={index === place}
                      aria-label={t('calibration.chooseLabel', { formula: text })}
                      onChange={() => onPlace(index)}
                    />
                    <span>
                      {text} {candidate.proposed && <span className="tag tag-good">{t('calibration.proposed')}</span>}{' '}
                      {candidate.inForce && <span className="tag">{t('calibration.inForce')}</span>}
                    </span>
                  </label>
                </td>
                <td className="num">{share(candidate.all)}</td>
                <td className="num">{share(candidate.telling)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="field-help">{t('calibration.tellingHelp')}</p>
      {shown.length < candidates.length && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t('calibration.showAll')}
        </Button>
      )}
    </>
  );
}

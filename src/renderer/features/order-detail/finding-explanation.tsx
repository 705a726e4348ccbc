import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explanation, ProposedExplanation } from '../../../shared/explanations.ts';
import type { Finding } from '../../../shared/findings.ts';
import { call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { useFormat } from '../../ui/use-format.ts';

/** What may make up a finding's difference, with the arithmetic to unfold. A proposal: nothing is decided by it. */
export function FindingExplanation({ finding }: { finding: Finding }): ReactNode {
  const { t } = useTranslation();
  const language = useSession((state) => state.settings.language);
  const found = useExplanation(finding);
  if (found === undefined) return null;
  if (found === null) return <p className="explanation muted">{t('explained.not')}</p>;
  return (
    <details className="explanation">
      <summary>
        {t('explained.by')} {found.text[language]}{' '}
        {found.weak && <span className="tag tag-warning">{t('explained.weak')}</span>}
      </summary>
      <Arithmetic proposed={found} finding={finding} />
      {found.runnerUp !== null && (
        <>
          <p>
            {t('explained.runnerUp')} {found.runnerUp.text[language]}
          </p>
          <Arithmetic proposed={found.runnerUp} finding={finding} />
        </>
      )}
    </details>
  );
}

function Arithmetic({ proposed, finding }: { proposed: ProposedExplanation; finding: Finding }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const { currency, difference } = finding;
  return (
    <>
      <table className="footing" aria-label={t('explained.arithmetic')}>
        <tbody>
          {proposed.terms.map(({ sign, amount, label }) => (
            <tr key={`${sign}${label.en}`}>
              <td className="sign">{sign === 1 ? '+' : '−'}</td>
              <th scope="row">{label[language]}</th>
              <td className="num">{format.amount(amount, currency)}</td>
            </tr>
          ))}
          <tr className="is-sum">
            <td className="sign">=</td>
            <th scope="row">{t('detail.difference')}</th>
            <td className="num">{format.amount(difference, currency)}</td>
          </tr>
        </tbody>
      </table>
      {proposed.others > 0 && <p className="field-help">{t('explained.others', format.counted(proposed.others))}</p>}
      {proposed.weak && <p className="field-help">{t('explained.weakHelp')}</p>}
    </>
  );
}

/** Undefined until it is known, and where it could not be told: the finding says what matters without it. */
function useExplanation({ check, subject, difference }: Finding): Explanation | null | undefined {
  const [found, setFound] = useState<Explanation | null | undefined>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another difference is explained anew
  useEffect(() => {
    let current = true;
    call('findings.explain', { check, subject })
      .then((answer) => current && setFound(answer))
      .catch(() => current && setFound(undefined));
    return () => {
      current = false;
    };
  }, [check, subject, difference]);

  return found;
}

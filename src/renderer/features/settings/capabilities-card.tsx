import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { CallResponse } from '../../../shared/ipc/contract.ts';
import type { Capabilities } from '../../../shared/sync.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';

const NAMES = ['modifiedSince', 'ascending', 'sort', 'placedRange', 'statusIn', 'v1List'] as const;
const TONES = { yes: 'tag tag-good', no: 'tag', unknown: 'tag tag-warning' } as const;

/** What was learnt about the opened connection's server, and what it means for syncing. */
export function CapabilitiesCard(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { learnt, error } = useCapabilities();

  return (
    <section className="card" aria-label={t('honours.title')}>
      <h2>{t('honours.title')}</h2>
      <p className="muted">{t('honours.text')}</p>
      {error !== null && <ErrorNotice error={error} />}
      {learnt !== null && learnt.capabilities === null && <p>{t('honours.never')}</p>}
      {learnt !== null && learnt.capabilities !== null && (
        <>
          <Learnt capabilities={learnt.capabilities} />
          {learnt.probedAt !== null && (
            <p className="field-help">
              {t('honours.probed', {
                when: format.instant(learnt.probedAt),
                requests: t('honours.requests', format.counted(learnt.capabilities.requests)),
              })}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function Learnt({ capabilities }: { capabilities: Capabilities }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = capabilities.rowsOf500;
  return (
    <dl className="honours">
      {NAMES.map((name) => {
        const honoured = capabilities[name];
        const answer = honoured === null ? 'unknown' : honoured ? 'yes' : 'no';
        return (
          <div key={name}>
            <dt>{t(`honours.${name}.name`)}</dt>
            <dd>
              <span className={TONES[answer]}>{t(`honours.${answer}`)}</span>
              <span className="field-help">
                {answer === 'unknown' ? t('honours.unknownHelp') : t(`honours.${name}.${answer}`)}
              </span>
            </dd>
          </div>
        );
      })}
      <div>
        <dt>{t('honours.rows')}</dt>
        <dd>
          <span className={rows === null ? TONES.unknown : 'tag'}>
            {rows === null ? t('honours.unknown') : format.count(rows)}
          </span>
          <span className="field-help">{rows === null ? t('honours.unknownHelp') : t('honours.rowsHelp')}</span>
        </dd>
      </div>
      <div>
        <dt>{t('honours.path')}</dt>
        <dd>
          <span className="code breakable">{capabilities.listPath}</span>
        </dd>
      </div>
    </dl>
  );
}

function useCapabilities(): { learnt: CallResponse<'sync.capabilities'> | null; error: AppError | null } {
  const name = useSession((state) => state.connection?.name);
  const dataVersion = useSession((state) => state.dataVersion);
  const [state, setState] = useState<ReturnType<typeof useCapabilities>>({ learnt: null, error: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a sync may look again
  useEffect(() => {
    let current = true;
    call('sync.capabilities')
      .then((learnt) => current && setState({ learnt, error: null }))
      .catch((thrown: unknown) => current && setState({ learnt: null, error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [name, dataVersion]);

  return state;
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type StatementPreview, type StatementSpec, statementKind } from '../../../shared/statements.ts';
import { useImport } from '../../stores/import-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { SpecFields } from './spec-fields.tsx';

/** Where the file comes from: its kind, a saved profile, and what the file itself does not say. */
export function SourceStep({ preview, spec }: { preview: StatementPreview; spec: StatementSpec }): ReactNode {
  const { t } = useTranslation();
  const { kind, profile, profiles, setKind, setProfile, removeProfile } = useImport();
  return (
    <section className="card step" aria-label={t('importing.step.source')}>
      <h2>{t('importing.step.source')}</h2>
      <fieldset className="choice-list kind-list">
        <legend>{t('importing.kindLabel')}</legend>
        {statementKind.options.map((each) => (
          <label key={each} className={kind === each ? 'is-on' : ''}>
            <input type="radio" name="kind" value={each} checked={kind === each} onChange={() => setKind(each)} />
            <span>
              <b>{t(`statements.kind.${each}`)}</b>
              <span className="field-help">{t(`statements.kindHelp.${each}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="spec-fields">
        <Field label={t('importing.profile')}>
          {(ids) => (
            <div className="with-button">
              <select
                {...ids}
                value={profile ?? ''}
                onChange={(event) => void setProfile(event.target.value === '' ? null : event.target.value)}
              >
                <option value="">{t('importing.noProfile')}</option>
                {profiles.map((each) => (
                  <option key={each.name} value={each.name}>
                    {each.name} ({t(`statements.kind.${each.kind}`)})
                  </option>
                ))}
              </select>
              {profile !== null && (
                <Button kind="quiet" onClick={() => void removeProfile(profile)}>
                  {t('importing.removeProfile')}
                </Button>
              )}
            </div>
          )}
        </Field>
        <SpecFields preview={preview} spec={spec} />
      </div>
    </section>
  );
}

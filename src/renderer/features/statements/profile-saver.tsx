import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useImport } from '../../stores/import-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';

/** Saves how this file is read under a name, for the next file of its source. */
export function ProfileSaver(): ReactNode {
  const { t } = useTranslation();
  const { profile, saveProfile } = useImport();
  const [name, setName] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name !== null && name.trim() !== '') void saveProfile(name.trim()).then((saved) => saved && setName(null));
  };
  return (
    <>
      <Button onClick={() => setName(profile ?? '')}>{t('importing.saveProfile')}</Button>
      {name !== null && (
        <form onSubmit={submit}>
          <Dialog
            title={t('importing.saveProfile')}
            onClose={() => setName(null)}
            actions={
              <>
                <Button onClick={() => setName(null)}>{t('common.cancel')}</Button>
                <Button type="submit" kind="primary" disabled={name.trim() === ''}>
                  {t('common.save')}
                </Button>
              </>
            }
          >
            <Field label={t('importing.profileName')} help={t('importing.profileHelp')}>
              {(ids) => (
                <input
                  {...ids}
                  type="text"
                  maxLength={80}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
          </Dialog>
        </form>
      )}
    </>
  );
}

import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../stores/people-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';

/** Who works here, in the top bar; nothing where nobody has been added. */
export function SignedInButton(): ReactNode {
  const { t } = useTranslation();
  const { users, signedIn, signOut } = usePeople();
  const [asking, setAsking] = useState(false);
  const known = users.filter(({ local, disabled }) => local && !disabled);
  if (known.length === 0 && signedIn === null) return null;

  return (
    <>
      {signedIn === null ? (
        <Button icon={<Icon name="person" size={14} />} onClick={() => setAsking(true)}>
          {t('people.signInAs')}
        </Button>
      ) : (
        <Popover
          label={t('people.workingAs', { name: signedIn })}
          align="right"
          trigger={
            <>
              <Icon name="person" size={14} />
              <span className="clip">{t('people.workingAs', { name: signedIn })}</span>
            </>
          }
        >
          {(close) => (
            <div className="menu">
              <p className="menu-foot">{t('people.menuText')}</p>
              <hr />
              <button
                type="button"
                className="menu-item"
                onClick={() => {
                  close();
                  setAsking(true);
                }}
              >
                {t('people.signInOther')}
              </button>
              <button
                type="button"
                className="menu-item"
                onClick={() => {
                  close();
                  void signOut();
                }}
              >
                {t('people.signOut')}
              </button>
            </div>
          )}
        </Popover>
      )}
      {asking && <SignInDialog people={known} onClose={() => setAsking(false)} />}
    </>
  );
}

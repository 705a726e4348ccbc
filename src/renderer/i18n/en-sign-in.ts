/** English words about signing in and about the runs that begin by themselves. */
export const enSignIn = {
  signIn: {
    way: 'Sign in with',
    byToken: 'Token',
    byPassword: 'User and password',
    username: 'User name',
    password: 'Password',
    kept: 'Kept in this computer’s key store, never in a file.',
    session: 'This computer has no key store: it is kept until you close the program.',
    usernameEmpty: 'Enter the user name.',
    passwordEmpty: 'Enter the password.',
    save: 'Save user and password',
    saved: 'User and password were saved.',
  },
  schedule: {
    title: 'Syncing by itself',
    interval: 'Minutes between two syncs',
    intervalHelp: '5 to 1440, or 0 for none; also after the computer wakes up',
    intervalBad: 'Enter a whole number from 5 to 1440, or 0.',
    atStart: 'When the program starts',
    on: 'Sync',
    off: 'Wait',
  },
};

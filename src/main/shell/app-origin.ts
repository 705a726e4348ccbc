/** The scheme under which the window's page is served. */
export const APP_SCHEME = 'app';
/** The one host of that scheme. */
export const APP_HOST = 'mutabakat';
/** Where the page starts. */
export const APP_START_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** True for an address of our own page: our scheme, our host, no port and no credentials. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

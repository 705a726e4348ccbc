import { type Session, session } from 'electron';
import { serveAppFile } from './app-files.ts';
import { APP_SCHEME, isAppUrl } from './app-origin.ts';

/**
 * The window's own session: in memory, so that nothing the page shows is left on the disk by the browser, and apart
 * from the default session, through which main talks to Omnitron. Only our own page can be loaded in it and every
 * permission is denied.
 */
export function createWindowSession(rendererDir: string, devTools: boolean): Session {
  const own = session.fromPartition('window');
  own.protocol.handle(APP_SCHEME, (request) => serveAppFile(rendererDir, request));
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, devTools) }));
  return own;
}

/** True for what the window's session may load. Where developer tools are allowed, their own pages too. */
export function mayLoad(address: string, devTools: boolean): boolean {
  return isAppUrl(address) || (devTools && address.startsWith('devtools://'));
}

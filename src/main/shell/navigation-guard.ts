import type { WebContents } from 'electron';
import { app } from 'electron';
import { isAppUrl } from './app-origin.ts';

/** What is asked when the page wants to open a web page outside this program. */
export type AskToOpenOutside = (address: string) => void;

/**
 * Locks every web contents that ever comes to be: no navigation away from our page, no redirect, no new window, no
 * webview. A link that asks for a new window may be opened outside, after `askToOpenOutside` has asked.
 */
export function guardNavigation(askToOpenOutside: AskToOpenOutside): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, askToOpenOutside));
}

function guardContents(contents: WebContents, askToOpenOutside: AskToOpenOutside): void {
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    askToOpenOutside(url);
    return { action: 'deny' };
  });
}

/**
 * Runs the built program on plain Node, with the module `electron` replaced by this folder's small implementation, and
 * shows its page in a Chromium. A tool for development and tests where Electron's binary cannot be had; never shipped.
 *
 * node scripts/electron-standin/run.mjs [--standin-headless] [the program's arguments]
 */
// Not by name: a Node that lacks it should reach the sentence of ensureNode.
import nodeModule from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureNode } from '../lib/node-version.mjs';
import { options, say } from './options.mjs';

const MODULE = new URL('./electron.mjs', import.meta.url).href;
const SYNTHETIC = 'electron-standin:electron';

await ensureNode();
say('THIS IS NOT ELECTRON. The built program runs on Node and its page in a Chromium, without Electron’s sandbox,');
say('key store and dialogs. For development and tests only.');

nodeModule.registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: SYNTHETIC, format: 'module', shortCircuit: true } : next(specifier, context),
  // electron-store asks for a default export, the program for named ones: Electron's module has both.
  load: (url, context, next) =>
    url === SYNTHETIC
      ? {
          format: 'module',
          shortCircuit: true,
          source: `export * from ${JSON.stringify(MODULE)}; import * as all from ${JSON.stringify(MODULE)}; export default all;`,
        }
      : next(url, context),
});

process.argv = [process.execPath, options.root, ...options.args];
const { app } = await import(MODULE);
const { listenToTests } = await import('./test-control.mjs');
listenToTests();
process.on('unhandledRejection', (error) => {
  say(error instanceof Error ? error.message : String(error));
  app.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.quit());
await import(pathToFileURL(options.entry).href);
app.becomeReady();

/** `npm start`: the window where there can be one, otherwise the command line's demonstration. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { installedChromium } from './find-chromium.mjs';
import { buildIfChanged } from './lib/build.mjs';
import { electronBinary, hasDisplay } from './lib/electron-binary.mjs';
import { becomeChild, ensureNode, isEntry, PROJECT_ROOT } from './lib/node-version.mjs';

/** What to start, given what this machine has. Says why it is not Electron where it is not. */
export function chooseStart({ electron, display, browser }) {
  if (electron !== null && display) return { kind: 'electron', reason: '' };
  const missing = electron === null ? "Electron's binary is not here" : 'there is no display';
  if (display && browser !== null)
    return { kind: 'standin', reason: `${missing}: starting the stand-in in ${browser.path}.` };
  const also = display ? ' and no Chrome, Chromium or Edge is installed' : '';
  const why = display || electron !== null ? missing : `${missing} and there is no display`;
  return {
    kind: 'demo',
    reason: `No window can be shown: ${why}${also}. Running the demonstration on the command line.`,
  };
}

async function main() {
  await ensureNode();
  const electron = electronBinary();
  const choice = chooseStart({ electron, display: hasDisplay(), browser: installedChromium() });
  if (choice.reason !== '') console.log(choice.reason);
  const given = process.argv.slice(2);
  if (choice.kind === 'demo') return run(process.execPath, [script('./cli.mjs'), 'demo', ...given]);
  console.log('Preparing the program …');
  const status = buildIfChanged();
  if (status !== 0) process.exit(status);
  if (choice.kind === 'electron') return run(electron, [PROJECT_ROOT, ...given]);
  return run(process.execPath, [script('./electron-standin/run.mjs'), ...given]);
}

function script(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

function run(program, args) {
  return becomeChild(spawn(program, args, { cwd: PROJECT_ROOT, stdio: 'inherit' }));
}

if (isEntry(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

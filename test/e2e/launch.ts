import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium, _electron as electron, type Page } from '@playwright/test';
import { electronBinary, hasDisplay } from '../../scripts/lib/electron-binary.mjs';
import { bundledNode, PROJECT_ROOT } from '../../scripts/lib/node-version.mjs';

export interface LaunchOptions {
  /** The data folder; the test makes and removes it. */
  dataDir: string;
  /** Locale of the machine the program believes to be on; decides the first language. */
  lang?: 'en' | 'tr';
  env?: Record<string, string>;
}

/** A running program with its window, on Electron or on the stand-in. */
export interface RunningApp {
  page: Page;
  runtime: 'electron' | 'standin';
  dialogs: {
    /** Where save dialogs save from now on; null = the person cancels. */
    saveTo(path: string | null): Promise<void>;
    /** Which file open dialogs choose from now on; null = the person cancels. */
    openFile(path: string | null): Promise<void>;
  };
  /** Chooses an item of the application menu by its id. */
  chooseMenu(id: string): Promise<void>;
  /** What the program copied last. */
  clipboardText(): Promise<string>;
  /** Quits the program as a person does, and waits for its end. */
  close(): Promise<void>;
}

/** The page's origin on each runtime; nobody can answer for `app:` outside Electron. */
export const PAGE_ORIGINS = { electron: 'app://mutabakat', standin: 'https://mutabakat.app.invalid' } as const;

let announced = false;

/** Starts the built program: Electron where its binary and a display are there, otherwise the stand-in. */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const binary = hasDisplay() ? electronBinary() : null;
  if (!announced) {
    announced = true;
    process.stdout.write(`end-to-end: running on ${binary === null ? 'the Electron stand-in' : 'Electron'}\n`);
  }
  const args = [`--data-dir=${options.dataDir}`, `--lang=${options.lang ?? 'en'}`];
  const env = { ...definedOnly(process.env), ...options.env };
  return binary === null ? launchStandin(args, env) : launchElectron(binary, args, env);
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function launchElectron(binary: string, args: string[], env: Record<string, string>): Promise<RunningApp> {
  const app = await electron.launch({ executablePath: binary, args: [PROJECT_ROOT, ...args], env });
  const page = await app.firstWindow();
  return {
    page,
    runtime: 'electron',
    dialogs: {
      saveTo: (path) =>
        app.evaluate(({ dialog }, answer) => {
          dialog.showSaveDialog = () => Promise.resolve({ canceled: answer === null, filePath: answer ?? '' });
        }, path),
      openFile: (path) =>
        app.evaluate(({ dialog }, answer) => {
          dialog.showOpenDialog = () =>
            Promise.resolve({ canceled: answer === null, filePaths: answer === null ? [] : [answer] });
        }, path),
    },
    chooseMenu: (id) => app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id),
    clipboardText: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    close: () => app.close(),
  };
}

interface StandinMessage {
  type: 'shown' | 'answer';
  debugger?: string;
  id?: number;
  value?: unknown;
  error?: string;
}

async function launchStandin(args: string[], env: Record<string, string>): Promise<RunningApp> {
  const script = join(PROJECT_ROOT, 'scripts/electron-standin/run.mjs');
  const child = spawn(bundledNode() ?? process.execPath, [script, '--standin-headless', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const address = await Promise.race([
    shownAt(child),
    ended.then((code) =>
      Promise.reject(new Error(`The program ended with ${code} before its window:\n${output.join('')}`)),
    ),
  ]);
  const browser = await chromium.connectOverCDP(address);
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error('The stand-in shows no page.');
  const ask = askStandin(child);
  return {
    page,
    runtime: 'standin',
    dialogs: {
      saveTo: async (path) => void (await ask('saveTo', path)),
      openFile: async (path) => void (await ask('openFile', path)),
    },
    chooseMenu: async (id) => void (await ask('chooseMenu', id)),
    clipboardText: async () => String(await ask('clipboardText')),
    async close() {
      if (child.connected) child.send({ id: 0, command: 'quit' });
      const code = await ended;
      if (code !== 0) throw new Error(`The program ended with ${code}:\n${output.join('')}`);
    },
  };
}

function shownAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('message', (message: StandinMessage) => {
      if (message.type === 'shown' && message.debugger !== undefined) resolve(message.debugger);
    });
  });
}

function askStandin(child: ChildProcess): (command: string, argument?: unknown) => Promise<unknown> {
  let lastId = 0;
  return (command, argument) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      const id = lastId;
      const listen = (message: StandinMessage): void => {
        if (message.type !== 'answer' || message.id !== id) return;
        child.off('message', listen);
        if (message.error === undefined) resolve(message.value);
        else reject(new Error(message.error));
      };
      child.on('message', listen);
      child.send({ id, command, argument });
    });
}

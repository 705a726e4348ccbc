import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { options, say } from './options.mjs';

const about = JSON.parse(readFileSync(join(options.root, 'package.json'), 'utf8'));

/** An event whose default can be prevented, as Electron's are. */
export function preventable(extra = {}) {
  return {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

class App extends EventEmitter {
  isPackaged = false;
  #paths = new Map([
    ['home', homedir()],
    ['temp', tmpdir()],
    ['documents', existsSync(join(homedir(), 'Documents')) ? join(homedir(), 'Documents') : homedir()],
  ]);
  #ready = Promise.withResolvers();
  #lock = null;
  #endings = [];
  #ending = false;

  whenReady() {
    return this.#ready.promise;
  }

  becomeReady() {
    this.emit('ready');
    this.#ready.resolve();
  }

  getVersion() {
    return about.version;
  }

  getAppPath() {
    return options.root;
  }

  getPath(name) {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The stand-in knows no path "${name}".`);
    return path;
  }

  setPath(name, path) {
    this.#paths.set(name, path);
  }

  getLocale() {
    const asked = options.args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
    const locale = asked ?? process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? 'en';
    return locale.split('.')[0].replace('_', '-');
  }

  requestSingleInstanceLock() {
    const file = join(this.getPath('userData'), 'standin.lock');
    if (existsSync(file) && isAlive(Number(readFileSync(file, 'utf8')))) {
      say(`The program is already running on ${this.getPath('userData')}; this second one ends.`);
      return false;
    }
    writeFileSync(file, String(process.pid));
    this.#lock = file;
    return true;
  }

  /** Runs before the process ends; for the browser. */
  beforeExit(ending) {
    this.#endings.push(ending);
  }

  quit() {
    const event = preventable();
    this.emit('before-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }

  exit(code = 0) {
    if (this.#ending) return;
    this.#ending = true;
    Promise.allSettled(this.#endings.map((ending) => ending())).then(() => {
      if (this.#lock !== null) rmSync(this.#lock, { force: true });
      if (code !== 0) say(`ended with code ${code}`);
      process.exit(code);
    });
  }
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

export const app = new App();

import { spawn } from 'node:child_process';
import process from 'node:process';
import { PROJECT_ROOT } from './node-version.mjs';

const PATIENCE_MS = 5_000;
const OWN_GROUP = process.platform !== 'win32';

let running = null;
let stopped = false;

/** True once this process was asked to stop. */
export function isStopped() {
  return stopped;
}

/**
 * Runs a script of Node to its end, as the head of a process group of its own, so that everything it starts can be
 * stopped with it. @returns its exit status; null where a signal ended it.
 */
export function runPart(script, args = [], env = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: OWN_GROUP,
  });
  running = child;
  return new Promise((resolve) => {
    const end = (status) => {
      running = null;
      resolve(status);
    };
    child.once('error', () => end(1));
    child.once('exit', end);
  });
}

/** Ends the running part, and all it has started, when this process is told to stop or npm, its parent, is gone. */
export function stopWithParent() {
  const parent = process.ppid;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 1_000).unref();
}

function stop() {
  if (stopped) return;
  stopped = true;
  const child = running;
  if (child === null) return;
  signalAll(child, 'SIGTERM');
  // The group may outlive its head: what is left of it gets no second request.
  setTimeout(() => signalAll(child, 'SIGKILL'), PATIENCE_MS);
}

function signalAll(child, signal) {
  try {
    if (OWN_GROUP) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended already.
  }
}

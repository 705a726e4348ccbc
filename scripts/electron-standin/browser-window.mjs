import { EventEmitter } from 'node:events';
import { app } from './app.mjs';
import { openPage } from './page.mjs';
import { session } from './session.mjs';

let lastId = 0;

class WebContents extends EventEmitter {
  id = ++lastId;
  /** Set once the page is there: how an event gets into it. */
  deliver = null;
  openHandler = () => ({ action: 'deny' });

  constructor(ownSession) {
    super();
    this.session = ownSession;
  }

  setWindowOpenHandler(handler) {
    this.openHandler = handler;
  }

  send(channel, ...args) {
    this.deliver?.(channel, args);
  }
}

export class BrowserWindow extends EventEmitter {
  #options;
  #page = null;

  constructor(options) {
    super();
    this.#options = options;
    this.webContents = new WebContents(options.webPreferences.session ?? session.defaultSession);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(address) {
    this.#page = await openPage({
      address,
      contents: this.webContents,
      preload: this.#options.webPreferences.preload,
      size: { width: this.#options.width, height: this.#options.height },
      closed: () => this.#closed(),
    });
    this.webContents.emit('did-finish-load');
    this.emit('ready-to-show');
  }

  #closed() {
    this.webContents.deliver = null;
    this.emit('closed');
    app.emit('window-all-closed');
  }

  show() {
    process.send?.({ type: 'shown', debugger: this.#page?.debugger });
  }

  focus() {
    this.#page?.focus();
  }

  isMinimized() {
    return false;
  }

  restore() {}
}

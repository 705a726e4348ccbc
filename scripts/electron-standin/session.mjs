class Protocol {
  #handlers = new Map();

  handle(scheme, handler) {
    this.#handlers.set(scheme, handler);
  }

  handlerOf(scheme) {
    return this.#handlers.get(scheme) ?? null;
  }

  registerSchemesAsPrivileged() {
    // The page is served from an https origin here, which has every privilege the program asks for.
  }
}

class Session {
  protocol = new Protocol();
  #beforeRequest = null;
  webRequest = {
    onBeforeRequest: (listener) => {
      this.#beforeRequest = listener;
    },
  };

  // The context of the browser grants no permission, which is what the program's handlers answer too.
  setPermissionRequestHandler() {}
  setPermissionCheckHandler() {}
  setDevicePermissionHandler() {}

  async closeAllConnections() {
    // Node's fetch never repeats a POST, whatever connection it goes over.
  }

  fetch(...args) {
    return fetch(...args);
  }

  /** True when the program lets this address be loaded. */
  mayLoad(details) {
    const listener = this.#beforeRequest;
    if (listener === null) return Promise.resolve(true);
    return new Promise((resolve) => listener(details, ({ cancel = false }) => resolve(!cancel)));
  }
}

const sessions = new Map();

export const session = {
  fromPartition(name) {
    if (!sessions.has(name)) sessions.set(name, new Session());
    return sessions.get(name);
  },
  get defaultSession() {
    return this.fromPartition('');
  },
};

export const protocol = session.defaultSession.protocol;

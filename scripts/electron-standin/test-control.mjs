import { app } from './app.mjs';
import { answers, clipboard } from './desktop.mjs';
import { Menu } from './menu.mjs';

const COMMANDS = {
  saveTo: (path) => {
    answers.saveTo = path;
  },
  openFile: (path) => {
    answers.openFile = path;
  },
  clipboardText: () => clipboard.readText(),
  chooseMenu: (id) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    if (!item) throw new Error(`The menu has no item "${id}".`);
    item.click();
  },
  quit: () => app.quit(),
};

/** Answers the end-to-end tests, which start the stand-in with a channel. Ends with them. */
export function listenToTests() {
  if (process.send === undefined) return;
  process.on('disconnect', () => app.quit());
  process.on('message', async ({ id, command, argument }) => {
    try {
      const value = await COMMANDS[command](argument);
      process.send?.({ type: 'answer', id, value });
    } catch (error) {
      process.send?.({ type: 'answer', id, error: error.message });
    }
  });
}

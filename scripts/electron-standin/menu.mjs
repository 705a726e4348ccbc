import { app } from './app.mjs';

let applicationMenu = null;

class MenuItem {
  constructor(template) {
    Object.assign(this, template);
    this.submenu = template.submenu === undefined ? undefined : Menu.buildFromTemplate(template.submenu);
    this.click = () => (template.role === 'quit' ? app.quit() : template.click?.());
  }
}

export class Menu {
  items = [];

  static buildFromTemplate(template) {
    const menu = new Menu();
    menu.items = template.map((item) => new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu) {
    applicationMenu = menu;
  }

  static getApplicationMenu() {
    return applicationMenu;
  }

  getMenuItemById(id) {
    return this.all().find((item) => item.id === id) ?? null;
  }

  /** Every item of this menu and those below it. */
  all() {
    return this.items.flatMap((item) => [item, ...(item.submenu?.all() ?? [])]);
  }
}

/** Items that a key chord chooses, as the page looks for them: the key in lower case, always with Ctrl or Cmd. */
export function chords() {
  const items = applicationMenu?.all() ?? [];
  return items
    .filter((item) => typeof item.accelerator === 'string' && item.accelerator.startsWith('CmdOrCtrl+'))
    .map((item) => ({ key: item.accelerator.slice('CmdOrCtrl+'.length).toLowerCase(), item }));
}

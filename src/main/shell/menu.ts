import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppEvent } from '../../shared/ipc/contract.ts';
import type { Settings } from '../../shared/settings.ts';
import { type ShellLabels, shellLabels } from './shell-labels.ts';

export type MenuCommand = Extract<AppEvent, { type: 'menu' }>['command'];

/** Puts the application menu in place, in the given language. What the window must do is told through `choose`. */
export function setMenu(language: Settings['language'], choose: (command: MenuCommand) => void): void {
  const labels = shellLabels(language);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(labels, choose)));
}

function menuTemplate(labels: ShellLabels, choose: (command: MenuCommand) => void): MenuItemConstructorOptions[] {
  const command = (id: MenuCommand, label: string, accelerator: string): MenuItemConstructorOptions => ({
    id,
    label,
    accelerator,
    click: () => choose(id),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    {
      label: labels.file,
      submenu: [
        command('sync', labels.sync, 'CmdOrCtrl+R'),
        command('export', labels.export, 'CmdOrCtrl+E'),
        separator,
        command('settings', labels.settings, 'CmdOrCtrl+,'),
        separator,
        { role: 'quit', label: labels.quit, accelerator: 'CmdOrCtrl+Q' },
      ],
    },
    {
      label: labels.edit,
      submenu: [
        { role: 'undo', label: labels.undo },
        { role: 'redo', label: labels.redo },
        separator,
        { role: 'cut', label: labels.cut },
        { role: 'copy', label: labels.copy },
        { role: 'paste', label: labels.paste },
        { role: 'selectAll', label: labels.selectAll },
        separator,
        command('find', labels.find, 'CmdOrCtrl+F'),
      ],
    },
    {
      label: labels.view,
      submenu: [
        { role: 'zoomIn', label: labels.zoomIn },
        { role: 'zoomOut', label: labels.zoomOut },
        { role: 'resetZoom', label: labels.resetZoom },
        separator,
        { role: 'togglefullscreen', label: labels.fullScreen },
      ],
    },
    { label: labels.window, submenu: [{ role: 'minimize', label: labels.minimize }] },
  ];
}

import { beforeEach, describe, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  shell: { openExternal: vi.fn(() => Promise.resolve()), showItemInFolder: vi.fn() },
  dialog: { showMessageBox: vi.fn(() => Promise.resolve({ response: 0 })) },
}));
vi.mock('electron', () => electron);
const { mayOpenOutside, openOutside } = await import('../../src/main/shell/open-external.ts');
const { askAndOpenOutside } = await import('../../src/main/shell/ask-open-outside.ts');
const { createWrittenFiles } = await import('../../src/main/shell/written-files.ts');

beforeEach(() => vi.clearAllMocks());

const window = {} as never;

test.each(['https://example.com/', 'https://example.com:8443/a/b?c=d#e', 'https://örnek.com.tr/fatura'])(
  'may open %s',
  (address) => {
    expect(mayOpenOutside(address)).toBe(true);
  },
);

const REFUSED = [
  '',
  'example.com',
  'http://example.com/',
  'file:///etc/passwd',
  'file://server/share/a.exe',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://server/share',
  'ms-msdt:/id PCWDiagnostic',
  'search-ms:query=x',
  'vbscript:x',
  'mailto:a@example.com',
  'app://mutabakat/index.html',
  'HTTPS:\\\\example.com\\a',
  'https://user:secret@example.com/',
  'https://user@example.com/',
  'https://',
  'https:///',
  'https://example.com/\u0000',
  'https://example.com/a b',
  'https://exa\nmple.com/',
  '\thttps://example.com/',
  `https://example.com/${'a'.repeat(3000)}`,
];

test.each(REFUSED)('does not open %j', async (address) => {
  expect(mayOpenOutside(address)).toBe(false);
  await expect(openOutside(address)).rejects.toMatchObject({ code: 'IPC_REFUSED' });
  await askAndOpenOutside(address, window, 'en');
  expect(electron.dialog.showMessageBox).not.toHaveBeenCalled();
  expect(electron.shell.openExternal).not.toHaveBeenCalled();
});

describe('asking', () => {
  test('names the whole address and opens it after a yes', async () => {
    await askAndOpenOutside('https://example.com/fatura', window, 'tr');
    expect(electron.dialog.showMessageBox).toHaveBeenCalledWith(
      window,
      expect.objectContaining({ detail: 'https://example.com/fatura', buttons: ['Aç', 'Vazgeç'], cancelId: 1 }),
    );
    expect(electron.shell.openExternal).toHaveBeenCalledExactlyOnceWith('https://example.com/fatura');
  });

  test('opens nothing after a no', async () => {
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1 });
    await askAndOpenOutside('https://example.com/', window, 'en');
    expect(electron.shell.openExternal).not.toHaveBeenCalled();
  });
});

describe('files shown in the file manager', () => {
  test('are those that this session wrote', () => {
    const written = createWrittenFiles();
    written.add('/reports/a.xlsx');
    expect(written.require('/reports/../reports/a.xlsx')).toBe('/reports/a.xlsx');
    for (const path of ['/reports/b.xlsx', '/reports', '/reports/a.xlsx/..', '/etc/passwd', '']) {
      expect(() => written.require(path)).toThrowError(expect.objectContaining({ code: 'IPC_REFUSED' }));
    }
  });
});

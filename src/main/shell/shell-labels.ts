import type { Settings } from '../../shared/settings.ts';

/** Every word that the shell itself shows: the menu and its two questions. */
export interface ShellLabels {
  file: string;
  sync: string;
  export: string;
  settings: string;
  quit: string;
  edit: string;
  undo: string;
  redo: string;
  cut: string;
  copy: string;
  paste: string;
  selectAll: string;
  find: string;
  view: string;
  zoomIn: string;
  zoomOut: string;
  resetZoom: string;
  fullScreen: string;
  window: string;
  minimize: string;
  openOutside: { question: string; open: string; cancel: string };
  crashed: { message: string; detail: string; reload: string; quit: string };
}

const LABELS: Readonly<Record<Settings['language'], ShellLabels>> = {
  en: {
    file: '&File',
    sync: 'Sync with Omnitron',
    export: 'Export report…',
    settings: 'Settings…',
    quit: 'Quit Mutabakat',
    edit: '&Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    find: 'Find…',
    view: '&View',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    resetZoom: 'Actual size',
    fullScreen: 'Full screen',
    window: '&Window',
    minimize: 'Minimize',
    openOutside: { question: 'Open this address in your browser?', open: 'Open', cancel: 'Cancel' },
    crashed: {
      message: 'The window stopped working.',
      detail: 'Your data is safe. Load the window again, or quit and start the program anew.',
      reload: 'Load again',
      quit: 'Quit',
    },
  },
  tr: {
    file: '&Dosya',
    sync: 'Omnitron ile eşitle',
    export: 'Raporu dışa aktar…',
    settings: 'Ayarlar…',
    quit: "Mutabakat'tan çık",
    edit: 'Dü&zen',
    undo: 'Geri al',
    redo: 'Yinele',
    cut: 'Kes',
    copy: 'Kopyala',
    paste: 'Yapıştır',
    selectAll: 'Tümünü seç',
    find: 'Bul…',
    view: '&Görünüm',
    zoomIn: 'Yakınlaştır',
    zoomOut: 'Uzaklaştır',
    resetZoom: 'Gerçek boyut',
    fullScreen: 'Tam ekran',
    window: '&Pencere',
    minimize: 'Simge durumuna küçült',
    openOutside: { question: 'Bu adres tarayıcınızda açılsın mı?', open: 'Aç', cancel: 'Vazgeç' },
    crashed: {
      message: 'Pencere çalışmayı durdurdu.',
      detail: 'Verileriniz güvende. Pencereyi yeniden yükleyin ya da programı kapatıp yeniden açın.',
      reload: 'Yeniden yükle',
      quit: 'Çık',
    },
  },
};

/** The shell's own words in one language; everything inside the window has its words in the renderer. */
export function shellLabels(language: Settings['language']): ShellLabels {
  return LABELS[language];
}

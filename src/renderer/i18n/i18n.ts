import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Texts } from './en.ts';
import { en } from './en.ts';
import { tr } from './tr.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
  }
}

/** The window's translator. Texts come with the bundle, so it is ready at once. */
export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en }, tr: { translation: tr } },
  initAsync: false,
  // React escapes what it renders.
  interpolation: { escapeValue: false },
});

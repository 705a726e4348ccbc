import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { tr } from '../../src/renderer/i18n/tr.ts';
import { ErrorNotice } from '../../src/renderer/ui/notice.tsx';
import { AppError, ERROR_CODES } from '../../src/shared/errors.ts';

/** The words of a notice: those that are seen at once, and those under its technical detail. */
async function words(language: 'en' | 'tr', error: AppError): Promise<{ shown: string; detail: string }> {
  await i18n.changeLanguage(language);
  const html = renderToStaticMarkup(createElement(I18nextProvider, { i18n }, createElement(ErrorNotice, { error })));
  const text = (part: string): string =>
    part
      .replace(/<[^>]+>/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .trim();
  const [before = '', after = ''] = html.split(/<details[^>]*>/);
  return { shown: text(before), detail: text(after) };
}

const failed = new AppError('NOT_REACHABLE', 'The connection to shop.example.com failed (ECONNREFUSED). Try again.', {
  details: { host: 'shop.example.com', status: 502, causes: ['a', 'b'] },
});

describe('an error in the window', () => {
  it('is told in English with the sentence of main, which knows more than its code', async () => {
    const { shown } = await words('en', failed);
    expect(shown).toBe(`Omnitron cannot be reached. ${failed.message}`);
  });

  it('says the same thing only once', async () => {
    const refused = new AppError('SIGN_IN_REFUSED', 'Omnitron refused the sign-in (401). Enter a valid one.');
    expect((await words('en', refused)).shown).toBe('Omnitron refused the sign-in. Enter a valid one.');
    const bare = new AppError('SIGN_IN_REFUSED', 'Omnitron refused the sign-in (401).');
    expect((await words('en', bare)).shown).toBe(
      'Omnitron refused the sign-in. Check the token, or user name and password, or ask your Omnitron administrator for new ones.',
    );
  });

  it.each(ERROR_CODES)('is told in Turkish, in a Turkish window (%s)', async (code) => {
    const message = 'Main says this in English.';
    const { shown, detail } = await words('tr', new AppError(code, message));
    expect(shown).toBe(`${tr.errors[code].what} ${tr.errors[code].todo}`);
    expect(detail).toContain(message);
    expect(detail).toContain(code);
  });

  it.each(['en', 'tr'] as const)('has code, sentence and details of main underneath (%s)', async (language) => {
    const { detail } = await words(language, failed);
    expect(detail).toMatch(language === 'en' ? /^Technical detail/ : /^Teknik ayrıntı/);
    expect(detail).toContain(`NOT_REACHABLE ${failed.message}`);
    expect(detail).toContain('host: shop.example.com, status: 502, causes: ["a","b"]');
  });
});

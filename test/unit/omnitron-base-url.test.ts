import { describe, expect, it } from 'vitest';
import { normaliseBaseUrl } from '../../src/main/omnitron/base-url.ts';
import { AppError } from '../../src/shared/errors.ts';

describe('normaliseBaseUrl', () => {
  it.each([
    ['https://akinon.omnitron.net', 'https://akinon.omnitron.net'],
    ['  https://akinon.omnitron.net/  ', 'https://akinon.omnitron.net'],
    ['https://akinon.omnitron.net/api', 'https://akinon.omnitron.net'],
    ['https://akinon.omnitron.net/api/i1/orders/', 'https://akinon.omnitron.net'],
    ['https://AKINON.Omnitron.net:443/api/v1', 'https://akinon.omnitron.net'],
    ['https://akinon.omnitron.net:8443', 'https://akinon.omnitron.net:8443'],
    ['HTTPS://akinon.omnitron.net', 'https://akinon.omnitron.net'],
    ['http://127.0.0.1:8080/api/', 'http://127.0.0.1:8080'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://[::1]:3000/', 'http://[::1]:3000'],
  ])('%s becomes %s', (text, root) => {
    expect(normaliseBaseUrl(text)).toBe(root);
  });

  it.each([
    ['', 'nothing'],
    ['akinon.omnitron.net', 'no scheme'],
    ['localhost:8080', 'a host that looks like a scheme'],
    ['https:///orders', 'no host'],
    ['http://akinon.omnitron.net', 'plain http elsewhere'],
    ['http://127.0.0.1.example.com', 'a name that begins like loopback'],
    ['http://localhost.example.com', 'a name that begins like localhost'],
    ['http://[::2]', 'another IPv6 address'],
    ['http://10.0.0.1', 'an inner network'],
    ['ftp://akinon.omnitron.net', 'another scheme'],
    ['file:///etc/passwd', 'a file'],
    ['https://user:secret-word@akinon.omnitron.net', 'credentials'],
    ['https://@akinon.omnitron.net', 'an empty user name'],
    ['https://akinon.omnitron.net?x=secret-word', 'a query'],
    ['https://akinon.omnitron.net/?', 'an empty query'],
    ['https://akinon.omnitron.net/#orders', 'a fragment'],
    ['https://akinon.omnitron.net/orders', 'another path'],
    ['https://akinon.omnitron.net/apiary', 'a path that begins like the API'],
    ['https://akinon.omnitron.net\\@evil.example', 'a backslash'],
    ['https://akinon.omni\ntron.net', 'a line break'],
    ['https://akinon omnitron.net', 'a blank'],
    ['https://akinon.omnitron.net:99999', 'a port that does not exist'],
  ])('%j is refused: %s', (text) => {
    expect(() => normaliseBaseUrl(text)).toThrow(AppError);
    try {
      normaliseBaseUrl(text);
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'URL_INVALID', retryable: false });
      expect(String(thrown)).not.toContain('secret-word');
    }
  });
});

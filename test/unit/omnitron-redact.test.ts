import { describe, expect, it } from 'vitest';
import { describeErrorBody, submittedTexts } from '../../src/main/omnitron/redact.ts';

const describeJson = (body: unknown, secrets: string[] = []): string =>
  describeErrorBody(new TextEncoder().encode(JSON.stringify(body)), secrets);

describe('describeErrorBody', () => {
  it('keeps the known keys and field messages', () => {
    expect(describeJson({ detail: 'Not allowed.', code: 'batch_request_status_100_1' })).toBe(
      'Not allowed.; code: batch_request_status_100_1',
    );
    expect(describeJson({ non_field_errors: ['One.', 'Two.'], invoice_number: ['Too long.'] })).toBe(
      'One. Two.; invoice_number: Too long.',
    );
  });

  it('masks submitted values, addresses, long numbers and keys', () => {
    const submitted = submittedTexts({
      invoice_number: 'ABC2024000000001',
      nested: { note: 'Pay Ayşe' },
      is_send: true,
    });
    expect(submitted).toEqual(['ABC2024000000001', 'Pay Ayşe']);
    const text = describeJson(
      {
        detail: '"ABC2024000000001" of Pay Ayşe: ayse.kaya@example.com, +90 (532) 123 45 67, 4543601234567890',
        non_field_errors: ['hash_data:0a1b2c3d4e5f60718293a4b5c6d7e8f9', 'see https://example.com/invoice?key=1'],
      },
      submitted,
    );
    expect(text).toBe('"***" of ***: ***, ***, ***; hash_data:*** see ***');
  });

  it('drops what is not a message', () => {
    expect(describeJson({ customer: { email: 'a@b.co' }, tries: 5, 'A Name': ['x'], rows: [{ a: 1 }] })).toBe('');
    expect(describeJson(['text'])).toBe('');
    expect(describeJson('text')).toBe('');
    expect(describeJson(null)).toBe('');
    expect(describeErrorBody(new TextEncoder().encode('<html>Server Error</html>'), [])).toBe('');
    expect(describeErrorBody(new Uint8Array(0), [])).toBe('');
  });

  it('is short, whatever the server writes', () => {
    expect(describeJson({ detail: 'long words '.repeat(10_000) })).toBe('');
    expect(describeJson({ detail: 'long words '.repeat(500) })).toHaveLength(301);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`field_${i}`, ['bad', 'bad', 'bad', 'bad']]));
    expect(describeJson(many).split('; ')).toHaveLength(5);
  });
});

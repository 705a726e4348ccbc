import { readFileSync } from 'node:fs';

/** The bytes of a documented sample of resources/samples. */
export function sampleBytes(name: string): Uint8Array {
  return readFileSync(new URL(`../../resources/samples/${name}`, import.meta.url));
}

/** A documented sample, parsed the plain way. */
export function readSample(name: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(sampleBytes(name)).toString('utf8')) as Record<string, unknown>;
}

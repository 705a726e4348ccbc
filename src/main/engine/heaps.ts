import { setFlagsFromString } from 'node:v8';

/**
 * V8 sizes a heap by the computer: on one with much memory each thread may let garbage grow to four times what lives. The
 * three threads together took a hundred megabytes more than they used. All of this is read by V8 at its next collection
 * or when a thread begins; none of it sets an upper limit, so nothing can run out of memory because of it.
 */

/**
 * How much the long-lived part of a heap may grow before it is collected again, per cent of what is alive. With 50 a first
 * pull took 25 MB less, but a seventh longer: the threads that look for garbage take the processors from all others.
 */
const GROWTH_PERCENT = 100;

/**
 * Room for the short-lived objects of a thread, MB; two thirds of it are taken from the start. Half a page of orders must
 * fit, or its objects outlive a collection and are garbage where collecting is dear: with 4 MB the writer spent a
 * fifth of its time on that.
 */
export const YOUNG_MB = { writer: 24, reader: 12 } as const;

/** What V8 calls a semi-space; the room for short-lived objects has three. */
const WRITER_SEMI_MB = YOUNG_MB.writer / 3;

/** For every process that starts threads of the engine, before it does. */
export function keepHeapsSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  // Threads that begin later take it at once, where it is not above their own limit; growing may be forbidden.
  setFlagsFromString(`--min-semi-space-size=${WRITER_SEMI_MB}`);
}

/**
 * For the main thread of the command line, before its work begins: keeps its room for short-lived objects at the
 * first 2 MB instead of 32. It does little but pass answers on, whose bytes are freed only when that room is full.
 */
export function keepMainThreadSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Statuses by which something on the way gives up waiting (408, 499): the server behind it may go on. They look like a
 * refusal and are none.
 */
export const UNDECIDED_STATUSES: readonly unknown[] = [408, 499];

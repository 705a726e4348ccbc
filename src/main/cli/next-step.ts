import type { Connection } from '../connections/connection.ts';

/** The command that takes queued corrections on: where a second person approves, they are submitted first. */
export async function nextStep({ reader }: Connection): Promise<string> {
  const { makerChecker } = (await reader.control()).rules;
  return makerChecker ? 'corrections submit --reason TEXT' : 'corrections push';
}

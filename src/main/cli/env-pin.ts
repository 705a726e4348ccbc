import { AppError } from '../../shared/errors.ts';

/** The environment variables that hold the PIN of the person whom `--as` names, and a new PIN. */
export const PIN_VARIABLE = 'MUTABAKAT_PIN';
const NEW_PIN_VARIABLE = 'MUTABAKAT_NEW_PIN';

/** The PINs that the environment gives. @throws AppError USAGE where one is missing */
export interface Pins {
  present(): string;
  next(): string;
}

/** PINs come from the environment: a command line is seen by everybody on the computer. */
export function envPins(env: Readonly<Record<string, string | undefined>>): Pins {
  const from = (variable: string, what: string): string => {
    const pin = env[variable] ?? '';
    if (pin !== '') return pin;
    throw new AppError('USAGE', `No PIN is given. Put ${what} into the environment variable ${variable}.`);
  };
  return {
    present: () => from(PIN_VARIABLE, 'the PIN'),
    next: () => from(NEW_PIN_VARIABLE, 'the new PIN'),
  };
}

import { AppError } from '../../shared/errors.ts';

/**
 * A failure of the shared client, parser or walk, said of OMS: their sentences name the server that they are about. `details.way` keeps a refused OMS token apart from a refused token of Omnitron. Anything that is no
 * AppError comes back as it is.
 */
export function inOmsWords(thrown: unknown): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  return new AppError(thrown.code, thrown.message.replaceAll('Omnitron', 'OMS'), {
    retryable: thrown.retryable,
    details: { ...thrown.details, way: 'oms' },
    cause: thrown,
  });
}

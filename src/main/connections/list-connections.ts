import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { type ConnectionInfo, connectionName } from '../../shared/ipc/contract.ts';
import { withDataErrors } from '../database/sqlite-errors.ts';
import { readProfile } from './profile.ts';

/**
 * Every connection in `connectionsDir`, by name. One whose profile cannot be read is listed without its address.
 * @throws AppError DATA_NOT_WRITABLE where the folder itself cannot be read
 */
export function listConnections(connectionsDir: string): ConnectionInfo[] {
  if (!existsSync(connectionsDir)) return [];
  return withDataErrors(() => readdirSync(connectionsDir))
    .filter((name) => connectionName.safeParse(name).success)
    .sort()
    .flatMap((name): ConnectionInfo[] => {
      const profile = profileOrUnreadable(join(connectionsDir, name));
      return profile === null ? [] : [{ name, kind: profile.kind, baseUrl: profile.baseUrl }];
    });
}

function profileOrUnreadable(folder: string): { kind: ConnectionInfo['kind']; baseUrl: string } | null {
  try {
    return readProfile(folder);
  } catch (thrown) {
    if (thrown instanceof AppError) return { kind: 'omnitron', baseUrl: '' };
    throw thrown;
  }
}

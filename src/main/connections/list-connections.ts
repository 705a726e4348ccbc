import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { type ConnectionInfo, connectionName } from '../../shared/ipc/contract.ts';
import { readProfile } from './profile.ts';

/** Every connection in `connectionsDir`, by name. One whose profile is damaged is listed without its address. */
export function listConnections(connectionsDir: string): ConnectionInfo[] {
  if (!existsSync(connectionsDir)) return [];
  return readdirSync(connectionsDir)
    .filter((name) => connectionName.safeParse(name).success)
    .sort()
    .flatMap((name): ConnectionInfo[] => {
      const profile = profileOrDamaged(join(connectionsDir, name));
      return profile === null ? [] : [{ name, kind: profile.kind, baseUrl: profile.baseUrl }];
    });
}

function profileOrDamaged(folder: string): { kind: ConnectionInfo['kind']; baseUrl: string } | null {
  try {
    return readProfile(folder);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'DATA_DAMAGED') return { kind: 'omnitron', baseUrl: '' };
    throw thrown;
  }
}

/** Where the OMS token of a connection lies in the token store, beside the connection's own. */
export function omsTokenKey(connection: string): string {
  return `${connection}:oms`;
}

/** Whether a key of the token store is that of an OMS token. */
export function isOmsTokenKey(key: string): boolean {
  return key.endsWith(':oms');
}

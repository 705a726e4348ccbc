const LARGEST_SHORT = 2 ** 32 - 1;

/** Ids in an order: four bytes each while all of them fit, else eight. */
export type IdList = Uint32Array | Float64Array;

/** Gathers ids one by one. */
export interface IdCollector {
  add(id: number): void;
  /** What was gathered, in that order. Nothing may be added afterwards. */
  ids(): IdList;
}

/** @param expected how many ids will come; more may, or fewer. */
export function collectIds(expected: number): IdCollector {
  let ids: IdList = new Uint32Array(expected);
  let count = 0;

  function widened(id: number): IdList {
    const long = ids instanceof Float64Array || id > LARGEST_SHORT;
    const room = count < ids.length ? ids.length : Math.ceil(count * 1.5) + 16;
    const wider = long ? new Float64Array(room) : new Uint32Array(room);
    wider.set(ids);
    return wider;
  }

  return {
    add(id) {
      if (count === ids.length || (id > LARGEST_SHORT && ids instanceof Uint32Array)) ids = widened(id);
      ids[count] = id;
      count += 1;
    },
    ids: () => ids.subarray(0, count),
  };
}

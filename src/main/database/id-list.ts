const COMMA = 44;
const ZERO = 48;

const LARGEST_SHORT = 2 ** 32 - 1;

/** Ids in an order: four bytes each while all of them fit, else eight. */
export type IdList = Uint32Array | Float64Array;

/** The numbers of a list like `12,7,30`, which holds nothing but digits and commas, as SQLite joins positive integers. */
export function readIdList(list: string): IdList {
  if (list === '') return new Uint32Array(0);
  let ids: IdList = new Uint32Array(countOfCommas(list) + 1);
  let count = 0;
  let id = 0;
  for (let at = 0; at <= list.length; at += 1) {
    const code = at < list.length ? list.charCodeAt(at) : COMMA;
    if (code === COMMA) {
      // From the first long id on; those before it are taken over.
      if (id > LARGEST_SHORT && ids instanceof Uint32Array) ids = Float64Array.from(ids);
      ids[count] = id;
      count += 1;
      id = 0;
    } else id = id * 10 + (code - ZERO);
  }
  return ids;
}

function countOfCommas(list: string): number {
  let count = 0;
  for (let at = list.indexOf(','); at >= 0; at = list.indexOf(',', at + 1)) count += 1;
  return count;
}

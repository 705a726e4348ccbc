const COMMA = 44;
const ZERO = 48;

/** The numbers of a list like `12,7,30`, which holds nothing but digits and commas, as SQLite joins positive integers. */
export function readIdList(list: string): Float64Array {
  if (list === '') return new Float64Array(0);
  const ids = new Float64Array(countOfCommas(list) + 1);
  let count = 0;
  let id = 0;
  for (let at = 0; at < list.length; at += 1) {
    const code = list.charCodeAt(at);
    if (code === COMMA) {
      ids[count] = id;
      count += 1;
      id = 0;
    } else id = id * 10 + (code - ZERO);
  }
  ids[count] = id;
  return ids;
}

function countOfCommas(list: string): number {
  let count = 0;
  for (let at = list.indexOf(','); at >= 0; at = list.indexOf(',', at + 1)) count += 1;
  return count;
}

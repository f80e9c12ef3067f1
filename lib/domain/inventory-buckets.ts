/** Inventory: how a quantity is taken from, put into and shared over the rows of a variant that is spread. */

/** More rows would cost every reader more than they save the writers. */
export const MOST_BUCKETS = 64;

/** One row of counters, in items. */
export interface Bucket {
  readonly bucket: number;
  readonly onHand: number;
  readonly reserved: number;
  readonly backorder: boolean;
  /** How far below zero it may go with backorder; null: no limit. */
  readonly backorderLimit: number | null;
}

/** What changes in one row, in items; never 0. */
export interface Share {
  readonly bucket: number;
  readonly quantity: number;
}

/** Unsold items that no order holds; below zero where more is promised than there is. */
export const availableIn = (rows: readonly Bucket[]): number =>
  rows.reduce((sum, { onHand, reserved }) => sum + onHand - reserved, 0);

/**
 * Takes `quantity` items: from one row where one has enough, else from several in ascending order, and what is still
 * missing is owed by a row that may go below zero. Null where there are too few. `rows` ascend by bucket.
 */
export function takeFrom(rows: readonly Bucket[], quantity: number): Share[] | null {
  const single = rows.find((row) => row.onHand - row.reserved >= quantity);
  if (single) return [{ bucket: single.bucket, quantity }];
  const taken = new Map<number, number>();
  let rest = quantity;
  for (const row of rows) {
    const part = Math.min(rest, Math.max(0, row.onHand - row.reserved));
    taken.set(row.bucket, part);
    rest -= part;
  }
  if (rest > 0) {
    const debtor = rows.find(
      (row) => row.backorder && roomOf(row) - Math.max(0, taken.get(row.bucket) ?? 0) >= rest,
    );
    if (!debtor) return null;
    taken.set(debtor.bucket, (taken.get(debtor.bucket) ?? 0) + rest);
  }
  return sharesOf(taken);
}

/**
 * Adds `delta` items to the unsold stock; fewer than none takes away what no order holds, as `takeFrom` does. What is
 * added first pays what a row owes, then goes where least is. Null where there are too few to take away.
 */
export function putInto(rows: readonly Bucket[], delta: number): Share[] | null {
  if (delta < 0) {
    const taken = takeFrom(rows, -delta);
    if (!taken) return null;
    return taken.map(({ bucket, quantity }) => ({ bucket, quantity: -quantity }));
  }
  const [least] = [...rows].sort((a, b) => a.onHand - a.reserved - (b.onHand - b.reserved));
  if (!least) return null;
  const levels = new Map(rows.map((row) => [row.bucket, row.onHand - row.reserved]));
  return sharesOf(differences(levels, filled(levels, delta)));
}

/** Evens out what is available over the rows `0 … count - 1`; rows beyond keep only what is reserved there. */
export function spreadOver(rows: readonly Bucket[], count: number): Share[] {
  const levels = new Map(rows.map((row) => [row.bucket, row.onHand - row.reserved]));
  for (let bucket = 0; bucket < count; bucket += 1) if (!levels.has(bucket)) levels.set(bucket, 0);
  const available = availableIn(rows);
  const wanted = new Map([...levels.keys()].map((bucket) => [bucket, 0]));
  if (available < 0) wanted.set(0, available);
  else {
    for (let bucket = 0; bucket < count; bucket += 1) {
      wanted.set(bucket, Math.floor(available / count) + (bucket < available % count ? 1 : 0));
    }
  }
  return sharesOf(differences(levels, wanted));
}

/** How many items a row can still give. */
function roomOf({ onHand, reserved, backorder, backorderLimit }: Bucket): number {
  if (!backorder) return onHand - reserved;
  return backorderLimit === null ? Number.POSITIVE_INFINITY : onHand - reserved + backorderLimit;
}

/** Pours `items` into the lowest levels until all are alike or nothing is left. */
function filled(levels: ReadonlyMap<number, number>, items: number): Map<number, number> {
  const rising = [...levels].sort(([a, low], [b, high]) => low - high || a - b);
  let rest = items;
  let width = 0;
  let top = rising[0]?.[1] ?? 0;
  for (const [, level] of rising) {
    const needed = (level - top) * width;
    if (needed > rest) break;
    rest -= needed;
    top = level;
    width += 1;
  }
  const each = Math.floor(rest / width);
  const odd = rest - each * width;
  return new Map(
    rising.map(([bucket, level], i) => [bucket, i < width ? top + each + (i < odd ? 1 : 0) : level]),
  );
}

function differences(from: ReadonlyMap<number, number>, to: ReadonlyMap<number, number>) {
  return new Map([...to].map(([bucket, items]) => [bucket, items - (from.get(bucket) ?? 0)]));
}

function sharesOf(quantities: ReadonlyMap<number, number>): Share[] {
  return [...quantities]
    .filter(([, quantity]) => quantity !== 0)
    .sort(([a], [b]) => a - b)
    .map(([bucket, quantity]) => ({ bucket, quantity }));
}

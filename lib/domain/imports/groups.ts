/** Imports: the rows of one product, which stand together under its handle. */
import { slugOf } from "./cells";
import { ImportProblem, type Row } from "./columns";

/** Shopify has at most 2,048 variants and 250 pictures a product; what is longer is a broken file, not a product. */
const MAX_ROWS = 4_000;

export interface Group {
  /** As the file writes it; empty for rows that name no product. */
  readonly handle: string;
  readonly slug: string;
  readonly rows: readonly Row[];
  /** All lines of the group, also of rows that were too many to keep. */
  readonly lines: readonly number[];
}

/** Rows of one handle, one group after the other; only one group is in memory at a time. */
export async function* groupRows(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<Group> {
  let open: { handle: string; slug: string; rows: Row[]; lines: number[] } | undefined;
  for await (const row of rows) {
    const handle = row.cells.handle ?? "";
    const slug = handle === "" ? "" : slugOf(handle);
    // Rows without a handle belong to nobody: each is a group, and a fault, of its own.
    if (!open || slug !== open.slug || slug === "") {
      if (open) yield open;
      open = { handle, slug, rows: [], lines: [] };
    }
    open.lines.push(row.line);
    if (open.rows.length < MAX_ROWS) open.rows.push(row);
  }
  if (open) yield open;
}

/** So many rows may wait for others of their product; a file in which more do is not put in order by us. */
const MAX_WAITING = 50_000;

/**
 * The same for files whose rows do not stand together: a group is whole with the row `lastLine` says, and only open
 * groups are in memory. @throws ImportProblem where too many rows wait.
 */
export async function* gatherRows(
  rows: AsyncIterable<Row>,
  lastLine: ReadonlyMap<string, number>,
): AsyncGenerator<Group> {
  const open = new Map<string, { handle: string; slug: string; rows: Row[]; lines: number[] }>();
  let waiting = 0;
  for await (const row of rows) {
    const handle = row.cells.handle ?? "";
    const slug = handle === "" ? "" : slugOf(handle);
    const group = open.get(slug) ?? { handle, slug, rows: [], lines: [] };
    group.lines.push(row.line);
    if (group.rows.length < MAX_ROWS) group.rows.push(row);
    if (slug === "" || lastLine.get(slug) === row.line) {
      open.delete(slug);
      waiting -= group.lines.length - 1;
      yield group;
      continue;
    }
    open.set(slug, group);
    waiting += 1;
    if (waiting > MAX_WAITING)
      throw new ImportProblem("Too many rows stand far from their product: sort the file by product first.");
  }
}

/** Was the group too long to keep? */
export const isCut = (group: Group): boolean => group.lines.length > group.rows.length;

/** "3", "3-5", "3, 7-9": lines as people read them. */
export function lineRange(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

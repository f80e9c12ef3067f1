/** Stocktake in the back office: the sheet to count with, and what a counted sheet would change. */
import { sql } from "@/db/client";
import { ON_SHELF } from "@/db/shelf";
import type { Staff } from "@/lib/domain/actors";
import { csvHead, csvLine } from "@/lib/domain/csv";
import { type CountedRow, SHEET_HEADER } from "@/lib/domain/imports/count-sheet";
import type { ImportStatus, Outcome } from "@/lib/domain/imports/views";
import { begunBy, type Fragment, limited, ownedBy, type Page, pagesOf } from "./scope";

const AT_ONCE = 500;

/** The sheet: every variant for sale with what should lie on its shelf, and a column to fill in. */
export async function* countSheet(staff: Staff): AsyncGenerator<string> {
  yield csvHead(SHEET_HEADER);
  for (let after = ""; ; ) {
    const rows = await sql<{ sku: string; name: string; title: string; shelf: number }[]>`
      select v.sku, p.name, v.title, ${sql.unsafe(ON_SHELF) as unknown as Fragment} as shelf
      from variants v join products p on p.id = v.product_id
      where v.is_active and p.status <> 'archived' and lower(v.sku) > ${after} and ${ownedBy(staff, "p")}
      order by lower(v.sku) limit ${AT_ONCE}`;
    if (rows.length === 0) return;
    yield rows.map(({ sku, name, title, shelf }) => csvLine([sku, name, title, shelf, ""])).join("");
    after = rows.at(-1)?.sku.toLowerCase() ?? "";
  }
}

export interface StocktakeLine {
  readonly id: string;
  readonly fileName: string;
  readonly status: ImportStatus;
  readonly who: string | null;
  readonly message: string | null;
  readonly createdAt: Date;
  readonly differing: number;
  readonly failed: number;
  readonly equal: number;
}

const columns = () => sql`
  i.id, i.file_name as "fileName", i.status, i.message, i.created_at as "createdAt",
  coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as who,
  (select count(*) filter (where r.outcome = 'updated') from import_rows r where r.import_id = i.id)::int as differing,
  (select count(*) filter (where r.outcome = 'failed') from import_rows r where r.import_id = i.id)::int as failed,
  (select count(*) filter (where r.outcome = 'unchanged') from import_rows r where r.import_id = i.id)::int as equal`;

type Stored = Omit<StocktakeLine, "createdAt"> & { createdAt: string };
const read = (row: Stored): StocktakeLine => ({ ...row, createdAt: new Date(row.createdAt) });

/** The latest stocktakes. */
export async function listStocktakes(staff: Staff): Promise<readonly StocktakeLine[]> {
  const rows = await sql<Stored[]>`
    select ${columns()} from imports i left join users u on u.id = i.started_by
    where i.format = 'stock' and ${begunBy(staff)} order by i.created_at desc, i.id desc limit 20`;
  return rows.map(read);
}

/** One stocktake; null for unknown ones and other owners' alike. */
export async function getStocktake(staff: Staff, id: string): Promise<StocktakeLine | null> {
  const [row] = await sql<Stored[]>`
    select ${columns()} from imports i left join users u on u.id = i.started_by
    where i.id = ${id} and i.format = 'stock' and ${begunBy(staff)}`;
  return row ? read(row) : null;
}

export interface StocktakeRow {
  readonly id: string;
  readonly line: number;
  readonly sku: string;
  readonly outcome: Outcome;
  readonly message: string | null;
  readonly counted: CountedRow | null;
}

/** One page of what differs or cannot be read, failures first. */
export async function listStocktakeRows(staff: Staff, one: StocktakeLine, page: Page) {
  const rows = await sql<StocktakeRow[]>`
    select r.id, r.line, r.handle as sku, r.outcome, r.message, r.before as counted
    from import_rows r join imports i on i.id = r.import_id
    where r.import_id = ${one.id} and r.outcome <> 'unchanged' and ${begunBy(staff)}
    order by r.outcome = 'failed' desc, r.line ${limited(page)}`;
  return { rows, pages: pagesOf(one.differing + one.failed, page) };
}

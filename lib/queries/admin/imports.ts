/** Imports in the back office: their history, one of them, and what each product of its file meets. */
import { sql } from "@/db/client";
import type { StoredMapping, StoredOptions } from "@/db/schema/imports";
import type { Staff } from "@/lib/domain/actors";
import type { Direction } from "@/lib/domain/back-office";
import { filledText } from "@/lib/domain/imports/customers";
import { type Difference, differencesOf, type Snapshot } from "@/lib/domain/imports/difference";
import { type KeptOrder, orderDifferences, orderFills } from "@/lib/domain/imports/order-difference";
import {
  type ImportSort,
  type ImportStatus,
  importDirection,
  NOT_LOADED,
  type Outcome,
  type OutcomeView,
} from "@/lib/domain/imports/views";
import { begunBy, type Fragment, limited, type Page, pagesOf, wayOf } from "./scope";

export interface ImportLine {
  readonly id: string;
  readonly fileName: string;
  readonly status: ImportStatus;
  /** Null: nobody's goods. */
  readonly ownerName: string | null;
  readonly format: string;
  readonly who: string | null;
  readonly rowsDone: number;
  readonly rowsTotal: number;
  readonly createdAt: Date;
  /** Products by outcome, once it is through. */
  readonly products: Partial<Record<Outcome, number>>;
}

const WHO = sql`coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)`;

const columns = () => sql`
  i.id, i.file_name as "fileName", i.status, i.format, w.name as "ownerName", i.rows_done as "rowsDone", i.rows_total as "rowsTotal",
  ${WHO} as who, i.created_at as "createdAt",
  coalesce(i.summary -> 'products', '{}') as products`;

const from = () =>
  sql`imports i left join owners w on w.id = i.owner_id left join users u on u.id = i.started_by`;

type Stored<T> = Omit<T, "createdAt"> & { createdAt: string };

export interface ImportQuery extends Page {
  readonly sort: ImportSort;
  readonly dir?: Direction | "";
}

const orderBy: Record<ImportSort, () => Fragment> = {
  when: () => sql`i.created_at`,
  file: () => sql`lower(i.file_name)`,
  who: () => sql`lower(${WHO})`,
};

/** One page of imports. */
export async function listImports(staff: Staff, query: ImportQuery) {
  const [rows, [all]] = await Promise.all([
    sql<Stored<ImportLine>[]>`
      select ${columns()} from ${from()} where ${begunBy(staff)} and i.format <> 'stock'
      order by ${orderBy[query.sort]()} ${wayOf(query, importDirection)} nulls last, i.created_at desc, i.id desc ${limited(query)}`,
    sql<
      { n: number }[]
    >`select count(*)::int as n from imports i where ${begunBy(staff)} and i.format <> 'stock'`,
  ]);
  return {
    rows: rows.map((row): ImportLine => ({ ...row, createdAt: new Date(row.createdAt) })),
    pages: pagesOf(all?.n ?? 0, query),
  };
}

export interface ImportCard extends ImportLine {
  readonly ownerSlug: string | null;
  readonly groupsDone: number;
  readonly mapping: StoredMapping | null;
  readonly options: StoredOptions | null;
  readonly message: string | null;
  readonly counts: Record<OutcomeView, number>;
  /** Products that an undo had to leave in part. */
  readonly left: number;
  /** Pictures that could not be fetched. */
  readonly unloaded: number;
}

/** One import; null for unknown ones and other owners' alike. */
export async function getImport(staff: Staff, id: string): Promise<ImportCard | null> {
  const [row] = await sql<Stored<Omit<ImportCard, "counts" | "left" | "unloaded">>[]>`
    select ${columns()}, w.slug as "ownerSlug", i.groups_done as "groupsDone", i.mapping, i.options, i.message
    from ${from()} where i.id = ${id} and ${begunBy(staff)} and i.format <> 'stock'`;
  if (!row) return null;
  const counted = await sql<{ outcome: Outcome; n: number; left: number }[]>`
    select outcome, count(*)::int as n, (count(*) filter (where undo <> ''))::int as left
    from import_rows where import_id = ${id} and lines is not null group by outcome`;
  const counts = { all: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  const [pictures] = await sql<{ n: number }[]>`
    select count(*)::int as n from import_rows where import_id = ${id} and strpos(message, ${NOT_LOADED}) > 0`;
  let left = 0;
  for (const each of counted) {
    counts[each.outcome] = each.n;
    counts.all += each.n;
    left += each.left;
  }
  return { ...row, createdAt: new Date(row.createdAt), counts, left, unloaded: pictures?.n ?? 0 };
}

export interface ImportRow {
  readonly id: string;
  readonly lines: string;
  readonly handle: string;
  readonly outcome: Outcome;
  readonly message: string | null;
  readonly notes: readonly { readonly line: number; readonly text: string }[];
  readonly differences: readonly Difference[];
  /** What an account or an order gets, of a file of people. */
  readonly fills: string;
  /** The order of the former shop; null of all else. */
  readonly orderId: string | null;
  /** What an undo left as it is; null: not undone. */
  readonly undo: string | null;
}

/** How far below its first line a product's remarks are looked for. */
const LONGEST_PRODUCT = 4_000;

/** One page of products of an import's file, in its order. */
export async function listImportRows(
  staff: Staff,
  id: string,
  query: Page & { view: OutcomeView; currency: string },
): Promise<ImportRow[]> {
  type Kept = { was?: Snapshot | null; is?: Snapshot; filled?: string[]; addressId?: string | null };
  type Raw = Omit<ImportRow, "differences" | "fills" | "orderId"> & { before: Kept | KeptOrder | null };
  const rows = await sql<Raw[]>`
    select r.id, r.lines, coalesce(r.handle, '') as handle, r.outcome, r.message, r.before, r.undo, coalesce((
      select json_agg(json_build_object('line', n.line, 'text', n.message) order by n.line) from (
        select line, message from import_rows where import_id = r.import_id and handle = r.handle and line > r.line
          and line < r.line + ${LONGEST_PRODUCT} and message is not null and lines is null order by line limit 12) n), '[]') as notes
    from import_rows r join imports i on i.id = r.import_id
    where r.import_id = ${id} and r.lines is not null and ${begunBy(staff)}
      and ${query.view === "all" ? sql`true` : sql`r.outcome = ${query.view}`}
    order by r.line ${limited(query)}`;
  return rows.map(({ before, ...row }) => {
    if (before && "orderId" in before)
      return {
        ...row,
        differences: orderDifferences(before),
        fills: orderFills(before.filled),
        orderId: before.orderId,
      };
    const differences = before?.is ? differencesOf(before.was ?? null, before.is, query.currency) : [];
    return { ...row, differences, fills: filledText(before), orderId: null };
  });
}

/** The shops that new products may go to: an owner's own, or all of them. */
export async function listShops(staff: Staff): Promise<readonly { slug: string; name: string }[]> {
  return sql<{ slug: string; name: string }[]>`
    select w.slug, w.name from owners w where w.is_active
      and ${staff.kind === "owner" ? sql`w.id = ${staff.ownerId}` : sql`true`} order by w.created_at, w.id`;
}

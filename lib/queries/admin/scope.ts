/** Whose rows a member of staff sees: the conditions that every read of the back office has in its WHERE clause. */
import type { PendingQuery, Row } from "postgres";
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import type { Direction } from "@/lib/domain/back-office";
import { OF_PEOPLE } from "@/lib/domain/imports/views";

export type Fragment = PendingQuery<Row[]>;

/** Rows with an `owner_id` under the given name of a table: an owner's own, everything for an admin. */
export function ownedBy(staff: Staff, table: string): Fragment {
  return staff.kind === "owner" ? sql`${sql(table)}.owner_id = ${staff.ownerId}` : sql`true`;
}

/**
 * Imports (as `i`) that somebody may see: owners those they began. An admin's may hold goods of several shops,
 * whichever shop gets what is new in it.
 */
export const begunBy = (staff: Staff): Fragment =>
  staff.kind === "owner"
    ? sql`(i.started_by = ${staff.userId} and i.format <> all (${[...OF_PEOPLE]}))`
    : sql`true`;

/** Whether `text` occurs in what the fragment names, whatever its case. Nothing in it is a wildcard. */
export const contains = (column: Fragment, text: string): Fragment =>
  sql`strpos(lower(${column}), ${text.toLowerCase()}) > 0`;

/**
 * The same for columns with a trigram index, of which it is made: `lower(column)`. Three letters are the least that it
 * finds within a word; fewer are looked for where a word begins.
 */
export function has(column: Fragment, text: string): Fragment {
  const asked = text.toLowerCase().replace(/[\\%_]/g, "\\$&");
  return text.length < 3
    ? sql`(lower(${column}) like ${`${asked}%`} or lower(${column}) like ${`% ${asked}%`})`
    : sql`lower(${column}) like ${`%${asked}%`}`;
}

/** A part of an order that waits to be packed; expects the order as `o` and the part as `f`. */
export const toShip = (): Fragment =>
  sql`(o.status in ('confirmed', 'processing') and f.status in ('open', 'processing'))`;

/** The way of an order: as the list's address says, or else as that order has it by itself. */
export const wayOf = <Sort extends string>(
  { sort, dir }: { readonly sort: Sort; readonly dir?: Direction | "" },
  own: Readonly<Record<Sort, Direction>>,
): Fragment => ((dir || own[sort]) === "desc" ? sql`desc` : sql`asc`);

/** A page of a list: how many rows to show and to skip. */
export interface Page {
  readonly page: number;
  readonly pageSize: number;
}

export const limited = ({ page, pageSize }: Page): Fragment =>
  sql`limit ${pageSize} offset ${(page - 1) * pageSize}`;

export const pagesOf = (count: number, { pageSize }: Page): number =>
  Math.max(1, Math.ceil(count / pageSize));

/** Nobody pages further: a list that is longer wants a filter, and is not counted to its end. */
export const MOST = 10_000;

/** A count as it is shown: "10,000+" where there is more. */
export const countText = (count: number, isMore: boolean): string =>
  `${Math.min(count, MOST).toLocaleString("en")}${isMore ? "+" : ""}`;

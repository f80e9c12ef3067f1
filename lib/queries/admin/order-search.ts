/** Finds orders by words: few hits through the trigram indexes, what most orders have along the list itself. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { type Fragment, has, ownedBy } from "./scope";

/** From so many hits on they are not gathered: the next page of the list is sooner found by walking along it. */
const MANY = 10_000;

export interface Found {
  /** A condition on `orders o`. */
  readonly where: Fragment;
  /** More hits than are counted. */
  readonly isMany: boolean;
}

/**
 * The orders whose number, name on the parcel or SKU (as it is today) holds the text; for admins, whose e-mail address
 * or phone number does, too: an owner may ship to a person but has no business with either.
 */
export async function findOrders(staff: Staff, text: string): Promise<Found> {
  if (!text) return { where: sql`true`, isMany: false };
  const [row] = await sql<{ hits: number }[]>`
    select count(*)::int as hits from (${hitsOf(staff, text)} limit ${MANY + 1}) h`;
  if ((row?.hits ?? 0) > MANY) return { where: holds(staff, text), isMany: true };
  return { where: sql`o.id = any(array(${hitsOf(staff, text)}))`, isMany: false };
}

/** The ids of such orders, some more than once; each table is asked by its own index. Without `goods` no SKU counts. */
export const hitsOf = (staff: Staff, text: string, { goods = true } = {}): Fragment => sql`
  ${numbered(text)}
  ${staff.kind === "admin" ? sql`union all ${mailedTo(text)}` : sql``}
  union all select a.order_id from order_addresses a where ${CURRENT} and ${has(sql`a.name`, text)}
  ${phoneOf(staff, text) ? sql`union all select a.order_id from order_addresses a where ${CURRENT} and ${calls(text)}` : sql``}
  ${
    goods
      ? sql`union all select l.order_id from order_lines l where ${ownedBy(staff, "l")} and l.variant_id = any(array(
    select v.id from variants v where ${has(sql`v.sku`, text)}))`
      : sql``
  }`;

/**
 * A whole number is looked up as it is. Of a part the index is asked for what follows the dash, and what it finds for the
 * letters before: all numbers of a shop share those, and what all rows have is a list of all rows.
 */
const numbered = (text: string): Fragment => {
  const rest = /^[a-z]{1,4}(-[0-9a-z]{2,12})$/i.exec(text)?.[1];
  const part = sql`select s.id as hit from orders s where ${has(sql`s.number`, rest ?? text)}`;
  if (!rest) return part;
  const whole = sql`select s.id from orders s where s.number = ${text.toUpperCase()}`;
  return sql`${part} and ${has(sql`(s.number || '')`, text)} and not exists (${whole}) union all ${whole}`;
};

/** A whole address is looked up as it is; its parts are many letters that most addresses share. */
const mailedTo = (text: string): Fragment => {
  const part = sql`select s.id from orders s where ${has(sql`s.email`, text)}`;
  const whole = sql`select s.id from orders s where lower(s.email) = ${text.toLowerCase()}`;
  return text.includes("@") ? sql`${whole} union all ${part} and not exists (${whole})` : part;
};

/**
 * The same, asked of one order after the other. By scalar subqueries: of EXISTS behind OR PostgreSQL makes a table of all
 * that fits first, to ask it once or for all of the list, whichever LIMIT stands behind it.
 */
const holds = (staff: Staff, text: string): Fragment => sql`(${has(sql`o.number`, text)}
  or ${staff.kind === "admin" ? has(sql`o.email`, text) : sql`false`}
  or coalesce((select true from order_addresses a where a.order_id = o.id and ${CURRENT}
    and (${has(sql`a.name`, text)} or ${phoneOf(staff, text) ? calls(text) : sql`false`}) limit 1), false)
  or coalesce((select true from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")}
    and ${has(sql`l.sku`, text)} limit 1), false))`;

const CURRENT = sql`a.kind = 'shipping' and a.replaced_at is null`;

/** The digits of what may be a phone number; a leading zero stands for the country's own code. */
function phoneOf(staff: Staff, text: string): string {
  const digits = text.replace(/\D/g, "").replace(/^0+/, "");
  return staff.kind === "admin" && digits.length >= 4 && /^[\d\s()+/.-]+$/.test(text) ? digits : "";
}

const calls = (text: string): Fragment =>
  sql`regexp_replace(a.phone, '\\D', '', 'g') like ${`%${text.replace(/\D/g, "").replace(/^0+/, "")}%`}`;

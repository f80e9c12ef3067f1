/** Imports: one order of a Shopify order export, read from its rows, or the reason why it is none. */
import { z } from "zod";
import { ADDRESS_MAXIMA } from "../addresses";
import type { MinorUnits } from "../money";
import { countOf, priceOf, tagsOf } from "./cells";
import { ImportProblem } from "./columns";
import type { Note } from "./note";
import {
  isCutOrder,
  type OrderColumns,
  type OrderField,
  type OrderGroup,
  orderCell,
  orderId,
} from "./order-rows";

/** Amounts of an order, in minor units of its own currency. */
export const ORDER_SUMS = ["subtotal", "shipping", "tax", "discount", "total", "refunded"] as const;
type Sums = Record<(typeof ORDER_SUMS)[number], number>;

export interface OrderLineDraft {
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
}

/** What the file says of an order; undefined: it has no such column, and what is known stays. */
export interface OrderDraft {
  readonly number: string;
  readonly externalId: string | null;
  readonly placedAt: Date;
  readonly currency: string;
  readonly sums: Partial<Sums> & Pick<Sums, "total">;
  readonly financialStatus: string | undefined;
  readonly fulfilmentStatus: string | undefined;
  readonly discountCode: string | null | undefined;
  readonly shippingMethod: string | null | undefined;
  readonly cancelledAt: Date | null | undefined;
  readonly email: string | null;
  readonly address: Record<string, string> | null;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly lines: readonly OrderLineDraft[];
  /** What was left out or taken for something, and why; nothing of the person stands in it. */
  readonly notes: readonly Note[];
}

const LONGEST = { status: 40, code: 200, title: 500, sku: 200, note: 5_000 } as const;

type Cell = (field: OrderField) => string;

/** Reads an order. `currency` counts where the file names none. @throws ImportProblem with a reason that names nobody */
export function readOrder(columns: OrderColumns, group: OrderGroup, currency: string): OrderDraft {
  const [first = []] = group.records;
  const line = group.lines[0] ?? 0;
  const cell: Cell = (field) => orderCell(columns, first, field);
  const notes: Note[] = [];
  const say = (text: string) => notes.push({ line, text });
  if (group.number === "") throw new ImportProblem("There is no order number in the column Name.");
  if (group.number.length > 100) throw new ImportProblem("The order number is longer than 100 characters.");
  if (isCutOrder(group)) throw new ImportProblem("It has more lines than an order can have.");
  const currencyText = cell("currency").toUpperCase();
  if (currencyText === "") say(`no currency: taken for ${currency}`);
  else if (!/^[A-Z]{3}$/.test(currencyText))
    throw new ImportProblem("The currency is no code of three letters.");
  const own = currencyText || currency;
  const has = (field: OrderField) => columns.has(field);
  const idText = cell("externalId");
  if (idText !== "" && orderId(idText) === null) say("Id left out: it is no number in full");
  return {
    number: group.number,
    externalId: orderId(idText),
    placedAt: placed(cell, say),
    currency: own,
    sums: sumsOf(columns, cell, own),
    financialStatus: has("financialStatus") ? statusOf(cell("financialStatus")) : undefined,
    fulfilmentStatus: has("fulfilmentStatus") ? statusOf(cell("fulfilmentStatus")) : undefined,
    discountCode: has("discountCode") ? cell("discountCode").slice(0, LONGEST.code) || null : undefined,
    shippingMethod: has("shippingMethod") ? cell("shippingMethod").slice(0, LONGEST.code) || null : undefined,
    cancelledAt: cancelled(cell, has("cancelledAt"), say),
    email: emailOf(cell("email"), say),
    address: addressOf(cell),
    note: cell("note").slice(0, LONGEST.note) || null,
    tags: tagsOf(cell("tags")),
    lines: linesOf(columns, group, own),
    notes,
  };
}

const statusOf = (text: string): string => text.toLowerCase().slice(0, LONGEST.status);

function placed(cell: Cell, say: (text: string) => void): Date {
  const text = cell("placedAt");
  if (text === "")
    throw new ImportProblem("Its first row has no moment under Created at: do its rows stand together?");
  const at = momentOf(text);
  if (!at)
    throw new ImportProblem(
      'Created at is no moment such as "2026-05-01 10:00:00 +0200": a spreadsheet may have rewritten it, so send the file as it was exported.',
    );
  if (!at.hasZone) say("Created at names no time zone: taken for UTC");
  return at.date;
}

function cancelled(cell: Cell, has: boolean, say: (text: string) => void): Date | null | undefined {
  const text = cell("cancelledAt");
  if (text === "") return has ? null : undefined;
  const at = momentOf(text);
  if (!at) throw new ImportProblem("Cancelled at is no moment that can be read.");
  if (!at.hasZone) say("Cancelled at names no time zone: taken for UTC");
  return at.date;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** "2026-05-01 10:00:00 +0200", as Shopify writes it, and ISO 8601; undefined where it is no moment. */
function momentOf(text: string): { date: Date; hasZone: boolean } | undefined {
  const [, day = "", time = "", zone = ""] = MOMENT.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  // A 31st of June would become a 1st of July.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : "Z";
  const date = new Date(`${day}T${time}${offset}`);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 2200 ? { date, hasZone: zone !== "" } : undefined;
}

const SUM_NAMES = {
  subtotal: "Subtotal",
  shipping: "Shipping",
  tax: "Taxes",
  discount: "Discount Amount",
  total: "Total",
  refunded: "Refunded Amount",
} as const;

function sumsOf(columns: OrderColumns, cell: Cell, currency: string): OrderDraft["sums"] {
  const sums: Partial<Sums> = {};
  for (const field of ORDER_SUMS) {
    if (columns.has(field)) sums[field] = amountOf(cell(field), SUM_NAMES[field], currency);
  }
  if (cell("total") === "")
    throw new ImportProblem("Its first row has no Total: do its rows stand together?");
  return { ...sums, total: sums.total ?? 0 };
}

/** Empty is nothing. @throws ImportProblem that does not repeat the cell: columns may be shifted, and it be a name */
function amountOf(text: string, name: string, currency: string): MinorUnits {
  const amount = priceOf(text === "" ? "0" : text, currency);
  if (amount === undefined) throw new ImportProblem(`${name} is no amount of ${currency}.`);
  return amount;
}

const address = z.email();

function emailOf(text: string, say: (text: string) => void): string | null {
  if (text === "") return null;
  if (text.length <= 254 && address.safeParse(text).success) return text.toLowerCase();
  say("e-mail left out: it is no address");
  return null;
}

const PARTS = ["name", "company", "line1", "line2", "postalCode", "city", "region", "phone"] as const;

/** As it was written, for it goes nowhere any more; whom it was billed to, where nothing was sent. */
function addressOf(cell: Cell): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const part of PARTS) {
    const text = cell(part).replace(/\s+/g, " ").slice(0, ADDRESS_MAXIMA[part]);
    if (text) found[part] = text;
  }
  const country = cell("country").toUpperCase();
  if (/^[A-Z]{2}$/.test(country)) found.country = country;
  if (!found.name) {
    const billed = cell("billingName").replace(/\s+/g, " ").slice(0, ADDRESS_MAXIMA.name);
    if (billed) found.name = billed;
  }
  return Object.keys(found).length > 0 ? found : null;
}

function linesOf(columns: OrderColumns, { records, lines }: OrderGroup, currency: string): OrderLineDraft[] {
  return records.flatMap((record, i) => {
    const cell: Cell = (field) => orderCell(columns, record, field);
    const title = cell("lineTitle").slice(0, LONGEST.title);
    const sku = cell("lineSku").slice(0, LONGEST.sku) || null;
    if (title === "" && sku === null) return [];
    const at = lines.length > 1 ? ` in line ${lines[i]}` : "";
    const quantity = countOf(cell("lineQuantity") || "1");
    if (quantity === undefined || quantity < 0)
      throw new ImportProblem(`Lineitem quantity${at} is no whole number.`);
    return [
      {
        title: title || (sku ?? ""),
        sku,
        quantity,
        price: amountOf(cell("linePrice"), `Lineitem price${at}`, currency),
        discount: amountOf(cell("lineDiscount"), `Lineitem discount${at}`, currency),
      },
    ];
  });
}

/** Imports: the rows of one order of a Shopify order export, which stand together under its number. */
import { cellOf, ImportProblem, plainName, readOf } from "./columns";

/** The first of each list is the name in the present export. */
const NAMES = {
  number: ["name"],
  externalId: ["id"],
  email: ["email"],
  financialStatus: ["financialstatus"],
  fulfilmentStatus: ["fulfillmentstatus"],
  currency: ["currency"],
  subtotal: ["subtotal"],
  shipping: ["shipping"],
  tax: ["taxes"],
  total: ["total"],
  discountCode: ["discountcode"],
  discount: ["discountamount"],
  shippingMethod: ["shippingmethod"],
  placedAt: ["createdat"],
  cancelledAt: ["cancelledat"],
  refunded: ["refundedamount"],
  note: ["notes"],
  tags: ["tags"],
  name: ["shippingname"],
  billingName: ["billingname"],
  company: ["shippingcompany"],
  line1: ["shippingaddress1", "shippingstreet"],
  line2: ["shippingaddress2"],
  postalCode: ["shippingzip"],
  city: ["shippingcity"],
  region: ["shippingprovince", "shippingprovincename"],
  country: ["shippingcountry"],
  phone: ["shippingphone"],
  lineTitle: ["lineitemname"],
  lineQuantity: ["lineitemquantity"],
  linePrice: ["lineitemprice"],
  lineSku: ["lineitemsku"],
  lineDiscount: ["lineitemdiscount"],
} as const;

export type OrderField = keyof typeof NAMES;
export type OrderColumns = ReadonlyMap<OrderField, number>;

const NEEDED = {
  number: "Name",
  placedAt: "Created at",
  total: "Total",
  lineTitle: "Lineitem name",
} as const;

/** Whether the first line of a file is that of an order export. */
export const isOrders = (header: readonly string[]): boolean =>
  header.map(plainName).includes("lineitemname");

/** Where each field stands; one that the file has not is absent. @throws ImportProblem naming needed ones */
export function orderColumns(header: readonly string[]): OrderColumns {
  const plain = header.map(plainName);
  const found = new Map<OrderField, number>();
  for (const [field, names] of Object.entries(NAMES) as [OrderField, readonly string[]][]) {
    const at = names.map((name) => plain.indexOf(name)).find((place) => place >= 0);
    if (at !== undefined) found.set(field, at);
  }
  const missing = (Object.keys(NEEDED) as (keyof typeof NEEDED)[]).filter((field) => !found.has(field));
  if (missing.length === 0) return found;
  throw new ImportProblem(
    `This file of orders has no column ${missing.map((field) => `"${NEEDED[field]}"`).join(", no ")}: export it again with all columns.`,
  );
}

/** Which columns of a header are read, and which are not, as the file calls them. */
export function orderMapping(header: readonly string[]): { read: string[]; unread: string[] } {
  const places = new Set(isOrders(header) ? orderColumns(header).values() : []);
  return readOf(header, (at) => places.has(at));
}

/** A cell by its field. Spreadsheets keep a leading plus or zero with an apostrophe, and Shopify exports it. */
export const orderCell = (columns: OrderColumns, record: readonly string[], field: OrderField): string =>
  cellOf(record[columns.get(field) ?? -1]).replace(/^'(?=[+\d])/, "");

/** An id as Shopify gives it; what a spreadsheet has shortened ("5.43E+12") is none. */
export const orderId = (text: string): string | null => (/^\d{1,20}$/.test(text) ? text : null);

/** No order has more lines; what is longer is a broken file. */
const MAX_ROWS = 2_000;

export interface OrderGroup {
  /** As the file writes it; empty for rows that name no order. */
  readonly number: string;
  /** What tells the order from others of the file: its id, else its number. */
  readonly key: string;
  readonly records: readonly (readonly string[])[];
  /** All lines of the order, also of rows that were too many to keep. */
  readonly lines: readonly number[];
}

/** Was the order too long to keep? */
export const isCutOrder = ({ lines, records }: OrderGroup): boolean => lines.length > records.length;

/** The orders of a file, one after the other; only one is in memory at a time. */
export async function* groupOrders(
  rows: AsyncIterable<{ record: readonly string[]; line: number }>,
): AsyncGenerator<{ columns: OrderColumns; group: OrderGroup }> {
  let columns: OrderColumns | undefined;
  let open:
    | { number: string; id: string | null; records: (readonly string[])[]; lines: number[] }
    | undefined;
  const closed = ({ number, id, records, lines }: NonNullable<typeof open>): OrderGroup => ({
    number,
    key: id === null ? number : `id ${id}`,
    records,
    lines,
  });
  for await (const { record, line } of rows) {
    // Exports that were put together bring their first lines along.
    if (!columns || isOrders(record)) {
      if (open && columns) yield { columns, group: closed(open) };
      open = undefined;
      columns = orderColumns(record);
      continue;
    }
    const number = orderCell(columns, record, "number");
    const id = orderId(orderCell(columns, record, "externalId"));
    if (!open || number !== open.number || number === "" || (id !== null && open.id !== id)) {
      if (open) yield { columns, group: closed(open) };
      open = { number, id, records: [], lines: [] };
    }
    open.lines.push(line);
    if (open.records.length < MAX_ROWS) open.records.push(record);
  }
  if (open && columns) yield { columns, group: closed(open) };
}

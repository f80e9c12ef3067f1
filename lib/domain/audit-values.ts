/** The values of the audit log as people read them: sums as money, shares as per cent, moments as dates, ids as links. */
import { valueText } from "./audit";
import { momentText } from "./moments";
import { formatMoney } from "./money";

/** How the shop writes. */
export interface Writing {
  readonly currency: string;
  readonly locale: string;
  readonly timeZone: string;
  /** What people call rows that fields name by their ids. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Fields that hold minor units, whatever the subject. */
const sums = new Set(
  `amount captured cashOnDeliveryLimit compareAtPrice cost fee freeOver minSubtotal price rangeMax rangeMin refunded shipping
  spent subtotal tax total unitPrice`.split(/\s+/),
);

/** Fields that hold parts per million. */
const shares = new Set(["commission", "rate", "taxRate"]);

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where what a field names by its id is looked at. */
const pages: Readonly<Record<string, string>> = {
  from: "/admin/products",
  productId: "/admin/products",
  productIds: "/admin/products",
  variantId: "/admin/stock",
  ownerId: "/admin/payouts/owners",
  of: "/admin/mail",
};

/** A value of a field in a few words; "nothing" for none. Ids are kept as they are. */
export function writtenValue(field: string, value: unknown, writing: Writing): string {
  const { currency, locale, timeZone } = writing;
  if (typeof value === "number" && sums.has(field)) return formatMoney(value, currency, { locale });
  if (typeof value === "number" && shares.has(field))
    return `${(value / 10_000).toLocaleString(locale, { maximumFractionDigits: 4 })} %`;
  const name = typeof value === "string" ? writing.names?.[value] : undefined;
  if (name !== undefined) return name;
  if (typeof value === "string" && MOMENT.test(value)) return momentText(new Date(value), timeZone);
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map((each) => writtenValue(field, each, writing)).join(", ");
  // Several rows by their ids, such as a price for each variant.
  const rows = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (rows.length > 0 && rows.every(([name]) => UUID.test(name)))
    return rows.map(([name, row]) => writtenValue(name, row, writing)).join("; ");
  return valueText(value, (name, inner) => writtenValue(name, inner, writing));
}

/** The parts of a value, those that name something with a page of its own with its address. */
export function linkedValue(
  field: string,
  value: unknown,
  writing: Writing,
): readonly { readonly text: string; readonly href?: string }[] {
  const page = pages[field];
  const each = Array.isArray(value) ? value : [value];
  if (!page || !each.every((one) => typeof one === "string" && UUID.test(one)) || each.length === 0)
    return [{ text: writtenValue(field, value, writing) }];
  // Its end tells one from another: ids begin with their time.
  return each.map((id: string) => ({ text: `…${id.slice(-6)}`, href: `${page}/${id}` }));
}

/** The sections of the back office, a line each: where they stand, who may see them, and the key behind "g". */
import type { Staff } from "./actors";

/** Counts that stand beside sections, by the name that lib/queries/admin/home.ts gives them. */
export type SectionCount = "toShip" | "returns" | "refunds" | "lowStock" | "reviews";

export interface SectionLine {
  readonly group: (typeof groups)[number];
  readonly label: string;
  readonly href: string;
  /** Who sees it; everybody on the staff where nobody is named. The page decides again. */
  readonly who?: Staff["kind"];
  /** "g" and then this key goes there. */
  readonly key?: string;
  readonly count?: { of: SectionCount; counts: string };
}

/** The order in which they stand, what is looked into least at the end; the first has no heading. */
const groups = ["", "Selling", "Goods", "Money", "Set-up", "Engine room"] as const;

// Only pages that exist: sections.test.ts looks for them, and for pages that no line names.
const lines: readonly SectionLine[] = [
  { group: "", label: "Home", href: "/admin", key: "h" },
  {
    group: "Selling",
    label: "Orders",
    href: "/admin/orders",
    key: "o",
    count: { of: "toShip", counts: "to ship" },
  },
  {
    group: "Selling",
    label: "Returns",
    href: "/admin/returns",
    key: "r",
    count: { of: "returns", counts: "to see to" },
  },
  {
    group: "Selling",
    label: "Refunds",
    href: "/admin/refunds",
    key: "f",
    count: { of: "refunds", counts: "to see to" },
  },
  {
    group: "Selling",
    label: "Reviews",
    href: "/admin/reviews",
    key: "v",
    count: { of: "reviews", counts: "to read" },
  },
  { group: "Selling", label: "Customers", href: "/admin/customers", key: "c" },
  { group: "Goods", label: "Products", href: "/admin/products", key: "p" },
  { group: "Goods", label: "Categories", href: "/admin/categories", who: "admin", key: "k" },
  {
    group: "Goods",
    label: "Stock",
    href: "/admin/stock",
    key: "s",
    count: { of: "lowStock", counts: "running low" },
  },
  { group: "Goods", label: "Import", href: "/admin/import", key: "i" },
  { group: "Money", label: "Payouts", href: "/admin/payouts", key: "y" },
  { group: "Money", label: "Books", href: "/admin/books", who: "admin", key: "b" },
  { group: "Selling", label: "Discounts", href: "/admin/discounts", who: "admin", key: "d" },
  { group: "Engine room", label: "Search", href: "/admin/search", who: "admin" },
  { group: "Engine room", label: "Mail", href: "/admin/mail", who: "admin", key: "m" },
  { group: "Engine room", label: "Webhooks", href: "/admin/webhooks", who: "admin" },
  { group: "Engine room", label: "Jobs", href: "/admin/jobs", who: "admin" },
  { group: "Engine room", label: "Slow statements", href: "/admin/slow", who: "admin" },
  { group: "Engine room", label: "Audit log", href: "/admin/audit", who: "admin", key: "l" },
  { group: "Set-up", label: "Shipping", href: "/admin/shipping", who: "admin" },
  { group: "Set-up", label: "Taxes", href: "/admin/taxes", who: "admin" },
  { group: "Set-up", label: "Settings", href: "/admin/settings", who: "admin", key: "," },
  { group: "Set-up", label: "Pages", href: "/admin/pages", who: "admin" },
  { group: "Set-up", label: "Staff", href: "/admin/staff", who: "admin", key: "t" },
];

/** Pages that stand behind a section, which the palette finds by their own name. */
const behind: readonly Pick<SectionLine, "label" | "href" | "who">[] = [
  { label: "New order", href: "/admin/orders/new", who: "admin" },
  { label: "Orders from the former shop", href: "/admin/orders/former", who: "admin" },
  { label: "Memberships", href: "/admin/customers/memberships", who: "admin" },
  { label: "New product", href: "/admin/products/new" },
  { label: "Stocktake", href: "/admin/stock/count" },
  { label: "New discount", href: "/admin/discounts/new", who: "admin" },
  { label: "Pay all that is due", href: "/admin/payouts/pay", who: "admin" },
];

/** Every page that somebody may go to by its name: sections, and what stands behind them. */
export const pagesFor = (kind: Staff["kind"]): readonly Pick<SectionLine, "label" | "href">[] => [
  ...sectionsFor(kind).flatMap(({ lines }) => lines),
  ...behind.filter(({ who }) => !who || who === kind),
];

/** The sections that somebody sees, group by group, in the order of the lines. */
export function sectionsFor(kind: Staff["kind"]): { group: string; lines: readonly SectionLine[] }[] {
  const seen = lines.filter(({ who }) => !who || who === kind);
  return groups
    .map((group) => ({ group, lines: seen.filter((line) => line.group === group) }))
    .filter((each) => each.lines.length > 0);
}

/** More than so many are no longer counted where they are only told. */
export const MOST_TOLD = 999;

/** How many wait, as it stands beside a section: "999+" where there are more. */
export const waitingText = (count: number): string => (count > MOST_TOLD ? `${MOST_TOLD}+` : String(count));

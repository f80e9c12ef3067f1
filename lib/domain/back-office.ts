/** The back office's lists: which orders, products and stock they show, and how addresses name that choice. */

export const orderViews = ["all", "to-ship", "unpaid", "shipped", "delivered", "cancelled"] as const;
export type OrderView = (typeof orderViews)[number];

export const orderViewLabel: Record<OrderView, string> = {
  all: "All",
  "to-ship": "To ship",
  unpaid: "Unpaid",
  shipped: "On the way",
  delivered: "Delivered",
  cancelled: "Cancelled",
};

export const orderSorts = ["placed", "total"] as const;
export type OrderSort = (typeof orderSorts)[number];

/** Where the address names no direction; so are all of this kind. */
export const orderDirection: Record<OrderSort, Direction> = { placed: "desc", total: "desc" };

export const productViews = ["all", "active", "draft", "archived"] as const;
export type ProductView = (typeof productViews)[number];

export const productViewLabel: Record<ProductView, string> = {
  all: "All",
  active: "In the shop",
  draft: "Draft",
  archived: "Archived",
};

/** Here and not beside the inputs: browsers load this file, and no schema. */
export const productStatuses = ["active", "draft", "archived"] as const;

export const productSorts = ["name", "newest", "price", "stock"] as const;
export type ProductSort = (typeof productSorts)[number];

export const productDirection: Record<ProductSort, Direction> = {
  name: "asc",
  newest: "desc",
  price: "asc",
  stock: "asc",
};

export const stockViews = ["all", "low", "out"] as const;
export type StockView = (typeof stockViews)[number];

export const stockViewLabel: Record<StockView, string> = { all: "All", low: "Running low", out: "Sold out" };

export const stockSorts = ["name", "sku", "onHand", "reserved", "available", "threshold"] as const;
export type StockSort = (typeof stockSorts)[number];

export const stockDirection: Record<StockSort, Direction> = {
  name: "asc",
  sku: "asc",
  onHand: "asc",
  reserved: "desc",
  available: "asc",
  threshold: "desc",
};

export const reviewViews = ["all", "pending", "published", "rejected"] as const;
export type ReviewListView = (typeof reviewViews)[number];

export const reviewViewLabel: Record<ReviewListView, string> = {
  all: "All",
  pending: "To read",
  published: "Published",
  rejected: "Rejected",
};

export const reviewListSorts = ["when", "stars", "product", "author"] as const;
export type ReviewListSort = (typeof reviewListSorts)[number];

export const reviewDirection: Record<ReviewListSort, Direction> = {
  when: "desc",
  stars: "asc",
  product: "asc",
  author: "asc",
};

export const auditSorts = ["when", "what", "who"] as const;
export type AuditSort = (typeof auditSorts)[number];

export const auditDirection: Record<AuditSort, Direction> = { when: "desc", what: "asc", who: "asc" };

export const mailViews = ["all", "queued", "kept", "sent", "failed"] as const;
export type MailView = (typeof mailViews)[number];

export const mailViewLabel: Record<MailView, string> = {
  all: "All",
  queued: "Waiting",
  kept: "Kept",
  sent: "Sent",
  failed: "Failed",
};

export const mailSorts = ["when", "subject", "to"] as const;
export type MailSort = (typeof mailSorts)[number];

export const mailDirection: Record<MailSort, Direction> = { when: "desc", subject: "asc", to: "asc" };

/** The first is not "all", which addresses leave out: to see each of them is asked for by name. */
export const returnViews = ["to-do", "coming", "ended", "every"] as const;
export type ReturnView = (typeof returnViews)[number];

export const returnViewLabel: Record<ReturnView, string> = {
  "to-do": "To do",
  coming: "On the way here",
  ended: "Ended",
  every: "All",
};

/** By when it was asked for alone: what else a row shows is its order's, and would be read for every return. */
export const returnSorts = ["asked"] as const;
export type ReturnSort = (typeof returnSorts)[number];

export const returnDirection: Record<ReturnSort, Direction> = { asked: "desc" };

export const customerViews = ["all", "accounts", "guests", "returning", "members"] as const;
export type CustomerView = (typeof customerViews)[number];

export const customerViewLabel: Record<CustomerView, string> = {
  all: "All",
  accounts: "With an account",
  guests: "Guests",
  returning: "Came back",
  members: "Members",
};

export const customerSorts = ["last", "value", "orders", "name"] as const;
export type CustomerSort = (typeof customerSorts)[number];

export const customerDirection: Record<CustomerSort, Direction> = {
  last: "desc",
  value: "desc",
  orders: "desc",
  name: "asc",
};

export const payoutViews = ["all", "pending", "paid", "failed"] as const;
export type PayoutView = (typeof payoutViews)[number];

export const payoutViewLabel: Record<PayoutView, string> = {
  all: "All",
  pending: "On the way",
  paid: "Paid",
  failed: "Failed",
};

export const payoutSorts = ["when", "owner", "amount"] as const;
export type PayoutSort = (typeof payoutSorts)[number];

export const payoutDirection: Record<PayoutSort, Direction> = { when: "desc", owner: "asc", amount: "desc" };

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One value of an address's query; the first where it is repeated. */
export function textOf(query: Query, name: string): string {
  const value = query[name];
  return (typeof value === "string" ? value : (value?.[0] ?? "")).trim().slice(0, 200);
}

/** One of the known values; the first where the address says anything else. */
export function choiceOf<T extends string>(query: Query, name: string, known: readonly [T, ...T[]]): T {
  const value = textOf(query, name);
  return known.find((each) => each === value) ?? known[0];
}

/** A page number from 1 to 1,000. */
export const pageOf = (query: Query): number =>
  Math.min(1_000, Math.max(1, Math.trunc(Number(textOf(query, "page"))) || 1));

export type Direction = "asc" | "desc";

/** What a list shows, as its address names it. */
export interface ListState {
  readonly path: string;
  readonly view: string;
  readonly sort: string;
  readonly search: string;
  /** Empty where the address names none: the list's own direction then. */
  readonly dir?: Direction | "";
  /** The columns that were chosen; none where the address names none: all that the table shows by itself. */
  readonly cols?: readonly string[];
  /** Further choices of this list ("from", "owner" …); they stay in every address of it. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Reads a list's state from its address; the first view and sort are those that need no name. */
export function readList<View extends string, Sort extends string>(
  query: Query,
  path: string,
  known: {
    views: readonly [View, ...View[]];
    sorts: readonly [Sort, ...Sort[]];
    /** Keys of columns that can be chosen. */
    columns?: readonly string[];
    more?: readonly string[];
  },
) {
  const typed = query.cols;
  const cols = (typeof typed === "string" ? typed.split(",") : (typed ?? [])).slice(0, 40);
  return {
    path,
    view: choiceOf(query, "view", known.views),
    sort: choiceOf(query, "sort", known.sorts),
    search: textOf(query, "q"),
    dir: choiceOf(query, "dir", ["", "asc", "desc"]),
    cols: (known.columns ?? []).filter((key) => cols.includes(key)),
    more: Object.fromEntries((known.more ?? []).map((name) => [name, textOf(query, name)])),
    page: pageOf(query),
  };
}

/** The address of a list: what is empty or the default is left out, so that one list has one address. */
export function listHref(path: string, parts: Readonly<Record<string, string | number>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    const isDefault = value === "" || value === "all" || (name === "page" && value === 1);
    if (!isDefault) query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

/** "+12 %", "−3 %", "±0 %"; null where there was nothing before to compare with. */
export function changeOf(now: number, before: number): { text: string; fell: boolean } | null {
  if (before <= 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  const sign = percent > 0 ? "+" : percent < 0 ? "−" : "±";
  return { text: `${sign}${Math.abs(percent)} %`, fell: percent < 0 };
}

const WORDS = [
  "No",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
] as const;

/** "Twelve orders to ship." Figures from 13 on. `hour` is 0 to 23. */
export function headline(hour: number, orders: number): string {
  const greeting = hour < 5 || hour >= 18 ? "Good evening." : hour < 12 ? "Good morning." : "Good afternoon.";
  if (orders === 0) return `${greeting} Nothing waits to be shipped.`;
  return `${greeting} ${WORDS[orders] ?? orders} ${orders === 1 ? "order" : "orders"} to ship.`;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a part of an address can be an id at all; what cannot is not looked up. */
export const isId = (text: string): boolean => UUID.test(text);

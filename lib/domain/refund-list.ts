/** The list of refunds in the back office, as its address names it: views, order, filters. */
import { type Direction, isId, type Query, readList } from "./back-office";
import { fitting, isDate, listQueryOf } from "./list-filter";
import { refundStatusLabel } from "./payments";

export const REFUNDS_PATH = "/admin/refunds";

/** What waits for a person, and a view for each status. Owners, who give nothing back here, have all but the second. */
export const refundViews = ["all", "to-do", "reserved", "pending", "succeeded", "failed"] as const;
export type RefundView = (typeof refundViews)[number];

export const refundViewLabel: Record<RefundView, string> = {
  all: "All",
  "to-do": "To see to",
  ...refundStatusLabel,
};

export const refundSorts = ["when", "amount"] as const;
export type RefundSort = (typeof refundSorts)[number];

export const refundDirection: Record<RefundSort, Direction> = { when: "desc", amount: "desc" };

export const refundFilterNames = ["from", "to", "owner"] as const;
export type RefundFilterName = (typeof refundFilterNames)[number];

/** Columns that may be hidden. */
export const refundColumns = [
  { key: "customer", label: "Customer" },
  { key: "owner", label: "Seller" },
  { key: "reason", label: "Why" },
  { key: "by", label: "By" },
  { key: "when", label: "Asked for" },
] as const;

/** What a refund must be to stand in the list; what an address says in vain is left out. */
export interface RefundFilter {
  /** Dates in the store's time zone; both days are part of it. */
  readonly from?: string;
  readonly to?: string;
  /** Whose goods it is for. */
  readonly owner?: string;
}

/** Reads the whole state of the list from an address. */
export function readRefundList(query: Query) {
  const state = readList(query, REFUNDS_PATH, {
    views: refundViews,
    sorts: refundSorts,
    columns: refundColumns.map(({ key }) => key),
    more: refundFilterNames,
  });
  const more = fitting(state.more, FITS);
  return { ...state, more, filter: more as RefundFilter };
}

export type RefundList = ReturnType<typeof readRefundList>;

/** The same from a query string, as forms and the export carry it. */
export const readRefundQuery = (text: string): RefundList =>
  readRefundList(Object.fromEntries(new URLSearchParams(text.slice(0, 1_000))));

/** The query string of a list and its page: what its forms and its export carry. Empty for the whole list. */
export const refundQueryOf = (list: Omit<RefundList, "filter" | "path">): string => listQueryOf(list, "when");

const FITS: Record<RefundFilterName, (value: string) => boolean> = { from: isDate, to: isDate, owner: isId };

/** The list again, as a form of it was sent, with what was done. */
export const refundsHref = (query: string, done: string): string =>
  `${REFUNDS_PATH}?${new URLSearchParams([...new URLSearchParams(refundQueryOf(readRefundQuery(query))), ["done", done]])}`;

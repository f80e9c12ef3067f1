/** The list of orders in the back office, as its address names it: views, order, filters. */
import { isId, listHref, orderSorts, orderViews, type Query, readList } from "./back-office";
import { fitting, isDate, listQueryOf } from "./list-filter";
import { type OrderStatus, orderMachine } from "./orders";

export const ORDERS_PATH = "/admin/orders";

export const orderFilterNames = ["status", "payment", "from", "to", "country", "owner"] as const;
export type OrderFilterName = (typeof orderFilterNames)[number];

export const orderPayments = [
  "paid",
  "unpaid",
  "on-delivery",
  "part-refunded",
  "refunded",
  "disputed",
] as const;
export type OrderPayment = (typeof orderPayments)[number];

export const orderPaymentLabel: Record<OrderPayment, string> = {
  paid: "Paid",
  unpaid: "Unpaid",
  "on-delivery": "On delivery",
  "part-refunded": "Refunded in part",
  refunded: "Refunded",
  disputed: "Disputed",
};

/** Columns that may be hidden. */
export const orderColumns = [
  { key: "placed", label: "Placed" },
  { key: "customer", label: "Customer" },
  { key: "goods", label: "Fulfilment" },
  { key: "payment", label: "Payment" },
  { key: "pieces", label: "Pieces" },
] as const;

/** What an order must be to stand in the list; what an address says in vain is left out. */
export interface OrderFilter {
  readonly status?: OrderStatus;
  readonly payment?: OrderPayment;
  /** Dates in the store's time zone; both days are part of it. */
  readonly from?: string;
  readonly to?: string;
  readonly country?: string;
  readonly owner?: string;
}

/** Reads the whole state of the list from an address. */
export function readOrderList(query: Query) {
  const state = readList(query, ORDERS_PATH, {
    views: orderViews,
    sorts: orderSorts,
    columns: orderColumns.map(({ key }) => key),
    more: orderFilterNames,
  });
  const more = fitting(state.more, FITS);
  return { ...state, more, filter: more as OrderFilter };
}

export type OrderList = ReturnType<typeof readOrderList>;

/** The same from a query string, as saved views and the pages of orders keep it. */
export const readOrderQuery = (text: string): OrderList =>
  readOrderList(Object.fromEntries(new URLSearchParams(text.slice(0, 1_000))));

/** The query string of a list without its page: what a saved view keeps. Empty for the whole list. */
export const orderQueryOf = (list: Omit<OrderList, "filter" | "page" | "path">): string =>
  listQueryOf({ ...list, page: 1 }, "placed");

const FITS: Record<OrderFilterName, (value: string) => boolean> = {
  status: (value) => orderMachine.states.some((state) => state === value),
  payment: (value) => orderPayments.some((payment) => payment === value),
  from: isDate,
  to: isDate,
  country: (value) => /^[A-Z]{2}$/.test(value),
  owner: isId,
};

/** An order's page in the back office, opened from a list. */
export const orderPageHref = (number: string, { list = "", done = "" } = {}): string =>
  listHref(`${ORDERS_PATH}/${encodeURIComponent(number)}`, { list, done });

const OUTCOMES = {
  done: "packing began",
  nothing: "nothing in it waits to be packed",
  refused: "it is not paid yet, or it ended",
} as const;
type Outcome = keyof typeof OUTCOMES;

/** What became of many orders, as an address carries it to the list. */
export const toldText = (results: readonly { number: string; outcome: Outcome }[]): string =>
  results.map(({ number, outcome }) => `${number}.${outcome}`).join(" ");

/** Reads it again, in words; what is no result is left out. */
export function readTold(text: string): { number: string; isDone: boolean; text: string }[] {
  return text.split(" ").flatMap((one) => {
    const [number = "", outcome = ""] = one.split(".");
    const known = Object.entries(OUTCOMES).find(([name]) => name === outcome);
    if (!known || !/^[A-Z]{1,4}-[0-9A-Z]{4,12}$/.test(number)) return [];
    return [{ number, isDone: outcome === "done", text: known[1] }];
  });
}

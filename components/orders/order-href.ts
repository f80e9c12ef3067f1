/** The addresses of an order's pages, with the key of its signed link where it was opened by one. */
import type { Route } from "next";

export interface OpenOrder {
  readonly number: string;
  readonly orderKey: string | null;
}

/** `page` is what stands after the order's number: "return", "invoice.pdf" … */
export function orderHref(
  { number, orderKey }: OpenOrder,
  page = "",
  query: Readonly<Record<string, string>> = {},
): Route {
  const all = new URLSearchParams({ ...(orderKey ? { key: orderKey } : {}), ...query });
  const path = `/orders/${number}${page && `/${page}`}`;
  return (all.size > 0 ? `${path}?${all}` : path) as Route;
}

/** The way back to an order's page: what its forms send along, and the page that says what was done. */
import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { orderPageHref } from "@/lib/domain/order-list";
import { versionInput } from "@/lib/domain/version";

/** Which page a form stood on, the state of the order that it showed, and the list that it was opened from. */
export const orderPage = {
  orderNumber: z.string().max(20),
  version: versionInput.optional(),
  list: z.string().max(1_000).optional(),
};

interface OrderPage {
  readonly orderNumber: string;
  readonly list?: string | undefined;
}

/** Goes back to the order and says what was done, as `DONE` of its page words it. */
export function backToOrder({ orderNumber, list }: OrderPage, done: string): never {
  redirect(orderPageHref(orderNumber, { list: list ?? "", done }) as Route, RedirectType.replace);
}

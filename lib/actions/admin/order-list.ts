"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { listHref } from "@/lib/domain/back-office";
import { ShopError } from "@/lib/domain/errors";
import { ORDERS_PATH, orderQueryOf, readOrderQuery, toldText } from "@/lib/domain/order-list";
import { processMany } from "@/lib/services/orders/bulk";
import { deleteView, renameView, saveView } from "@/lib/services/saved-views";

const list = { list: z.string().max(1_000).default("") };
const name = z.string().trim().min(1, "Please give it a name.").max(60, "At most 60 characters.");

/** Keeps the list as it is filtered now under a name. */
export const keepOrderView = action(z.object({ ...list, name }), { who: "staff" }, async (staff, input) => {
  const query = orderQueryOf(readOrderQuery(input.list));
  await saveView(staff, { page: "orders", name: input.name, query });
  backTo(query, { done: "kept" });
});

export const renameOrderView = action(
  z.object({ ...list, name, viewId: z.uuid() }),
  { who: "staff" },
  async (staff, input) => {
    await renameView(staff, { viewId: input.viewId, name: input.name });
    backTo(input.list, { done: "renamed" });
  },
);

export const deleteOrderView = action(
  z.object({ ...list, viewId: z.uuid() }),
  { who: "staff" },
  async (staff, input) => {
    await deleteView(staff, { viewId: input.viewId });
    backTo(input.list, { done: "forgotten" });
  },
);

const ids = z.union([z.array(z.uuid()).max(100), z.uuid().transform((id) => [id])]).optional();

/** Begins to pack all ticked orders; what became of each is told above the list. */
export const processOrders = action(z.object({ ...list, ids }), { who: "staff" }, async (staff, input) => {
  if (!input.ids || input.ids.length === 0)
    throw new ShopError("invalid_input", { fields: { form: "Tick at least one order." } });
  const results = await processMany(staff, input.ids);
  backTo(input.list, { told: toldText(results) });
});

function backTo(query: string, told: Readonly<Record<string, string>>): never {
  const parts = { ...Object.fromEntries(new URLSearchParams(query)), ...told };
  redirect(listHref(ORDERS_PATH, parts) as Route, RedirectType.replace);
}

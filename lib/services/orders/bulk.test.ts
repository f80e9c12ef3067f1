import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { newId } from "@/db/id";
import { listSavedViews } from "@/lib/queries/admin/saved-views";
import { listSlips } from "@/lib/queries/admin/slips";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { deleteView, renameView, saveView } from "@/lib/services/saved-views";
import { processMany } from "./bulk";
import { ship } from "./ship";

let world: Cast;
let both: { orderId: string; number: string };
let mugOnly: { orderId: string; number: string };
let ended: { orderId: string; number: string };

beforeAll(async () => {
  world = await cast();
  const [mug, tote] = [await variantId("MUG"), await variantId("TOTE")];
  const buy = (variants: string[]) =>
    order(
      guest(),
      variants.map((id) => ({ variantId: id, quantity: 1 })),
      { method: "cash_on_delivery" },
    );
  both = await buy([mug, tote]);
  mugOnly = await buy([mug]);
  ended = await buy([tote]);
  await cancelOrder(world.admin, ended.orderId, { note: "Gone" });
});

it("begins to pack what is the actor's, tells each order's result, and nothing of others' orders", async () => {
  const all = [both.orderId, mugOnly.orderId, ended.orderId, newId()];
  expect(await processMany(world.ring, all)).toEqual([
    { number: both.number, outcome: "done" },
    { number: ended.number, outcome: "nothing" },
  ]);
  expect(await processMany(world.admin, all)).toEqual([
    { number: both.number, outcome: "done" },
    { number: mugOnly.number, outcome: "done" },
    { number: ended.number, outcome: "nothing" },
  ]);
  expect(await processMany(world.line, [mugOnly.orderId])).toEqual([
    { number: mugOnly.number, outcome: "nothing" },
  ]);
});

it("has a slip for each seller's part that is not called off, with what is left to pack", async () => {
  const ids = [both.orderId, mugOnly.orderId, ended.orderId];
  const sellers = (await listSlips(world.admin, ids)).map(({ number, lines }) => [number, lines[0]?.sku]);
  expect(sellers).toHaveLength(3);
  expect(sellers).toEqual(
    expect.arrayContaining([
      [both.number, "MUG"],
      [both.number, "TOTE"],
      [mugOnly.number, "MUG"],
    ]),
  );
  const [mine, ...others] = await listSlips(world.ring, ids);
  expect([mine?.lines.map(({ sku }) => sku), others]).toEqual([["TOTE"], []]);
  await ship(world.ring, both.orderId, { carrier: "DHL" });
  expect((await listSlips(world.ring, ids))[0]?.lines[0]).toMatchObject({ pieces: 1, sent: 1 });
});

it("keeps lists under names, each person's own", async () => {
  const { admin, ring } = world;
  await saveView(admin, { page: "orders", name: "Late", query: "view=to-ship" });
  await saveView(ring, { page: "orders", name: "Late", query: "" });
  await expect(saveView(admin, { page: "orders", name: "Late", query: "" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await saveView(admin, { page: "orders", name: "Paris", query: "country=FR" });
  const [late, paris] = await listSavedViews(admin, "orders");
  if (!late || !paris) throw new Error("nothing was kept");
  await expect(renameView(admin, { viewId: paris.id, name: "Late" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(renameView(ring, { viewId: paris.id, name: "Mine" })).rejects.toMatchObject({
    code: "not_found",
  });
  await renameView(admin, { viewId: paris.id, name: "France" });
  await deleteView(ring, { viewId: paris.id });
  await deleteView(admin, { viewId: late.id });
  expect(await listSavedViews(admin, "orders")).toEqual([
    { id: paris.id, name: "France", query: "country=FR" },
  ]);
  for (let i = 0; i < 29; i += 1) await saveView(admin, { page: "orders", name: `List ${i}`, query: "" });
  await expect(saveView(admin, { page: "orders", name: "One more", query: "" })).rejects.toMatchObject({
    data: { fields: { name: "At most 30 lists. Delete one first." } },
  });
});

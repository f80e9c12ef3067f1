import { expect, it } from "vitest";
import { cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { find } from "./find";

it("finds pages, orders, goods and customers; owners only their own, and nothing by an e-mail address", async () => {
  const world = await cast();
  const email = "looked-for@example.com";
  // Line sells the mug.
  const { number } = await order(guest(), [{ variantId: await variantId("MUG"), quantity: 1 }], {
    method: "cash_on_delivery",
    email,
  });
  const kindsOf = async (staff: Parameters<typeof find>[0], text: string) =>
    (await find(staff, text)).map(({ kind }) => kind);
  expect((await find(world.admin, "tax")).map(({ label }) => label)).toContain("Taxes");
  expect(await find(world.admin, "no such thing")).toEqual([]);
  expect(await kindsOf(world.admin, number)).toEqual(["Order"]);
  expect(await kindsOf(world.line, number)).toEqual(["Order"]);
  expect(await kindsOf(world.ring, number)).toEqual([]);
  expect(await kindsOf(world.admin, email)).toContain("Order");
  expect(await kindsOf(world.line, email)).toEqual([]);
  expect(await kindsOf(world.admin, "ada")).toContain("Customer");
  expect(await kindsOf(world.line, "ada")).not.toContain("Customer");
});

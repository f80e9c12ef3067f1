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
  // Beside it who placed it.
  expect(await kindsOf(world.admin, number)).toEqual(["Order", "Customer"]);
  expect(await kindsOf(world.line, number)).toEqual(["Order"]);
  expect(await kindsOf(world.ring, number)).toEqual([]);
  expect((await find(world.admin, "new prod")).map(({ href }) => href)).toEqual(["/admin/products/new"]);
  expect(await find(world.line, "all that is due")).toEqual([]);
  // The mug is Line's.
  for (const text of ["mug", "MUG"]) {
    expect(await kindsOf(world.line, text)).toContain("Product");
    expect(await find(world.ring, text)).toEqual([]);
  }
  // Who bought as a guest is a customer as well, and each hit leads to a page of their own.
  const [guestHit] = (await find(world.admin, email)).filter(({ kind }) => kind === "Customer");
  expect(guestHit).toMatchObject({ detail: expect.stringContaining("guest") });
  const customers = await Promise.all([email, "ada"].map((text) => find(world.admin, text)));
  for (const { kind, href } of customers.flat())
    if (kind === "Customer") expect(href).toMatch(/^\/admin\/customers\/[0-9a-f-]{36}$/);
  expect(await kindsOf(world.admin, email)).toContain("Order");
  expect(await kindsOf(world.line, email)).toEqual([]);
  expect(await kindsOf(world.admin, "ada")).toContain("Customer");
  expect(await kindsOf(world.line, "ada")).not.toContain("Customer");
});

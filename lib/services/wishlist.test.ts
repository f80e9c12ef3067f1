/** The wishlist on the real database: saving, moving to the cart, sharing, and merging at sign-in. */
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { getSharedWishlist, getWishlist } from "@/lib/queries/wishlist";
import * as wishlist from "./wishlist";

let world: Cast;
let mug: string;
let tote: string;

beforeAll(async () => {
  world = await cast();
  [mug, tote] = await Promise.all([variantId("MUG"), variantId("TOTE")]);
});

const saved = async (who: Parameters<typeof getWishlist>[0]) =>
  (await getWishlist(who)).items.map((item) => item.variantId).sort();

test("saving twice saves once, toggling takes out", async () => {
  const who = guest();
  await Promise.all([wishlist.add(who, { variantId: mug }), wishlist.add(who, { variantId: mug })]);
  expect(await saved(who)).toEqual([mug]);
  expect(await wishlist.toggle(who, { variantId: mug })).toEqual({ saved: false });
  expect(await wishlist.toggle(who, { variantId: mug })).toEqual({ saved: true });
});

test("what is unknown is refused", async () => {
  const unknown = "0190a000-0000-7000-8000-000000000000";
  await expect(wishlist.add(guest(), { variantId: unknown })).rejects.toMatchObject({ code: "not_found" });
});

test("moving to the cart takes it out, unless the cart refuses", async () => {
  const who = guest();
  await wishlist.add(who, { variantId: mug });
  for (const count of [1, 2, 3]) {
    expect(await wishlist.moveToCart(who, { variantId: mug })).toMatchObject({ quantity: count });
    expect(await saved(who)).toEqual([]);
    await wishlist.add(who, { variantId: mug });
  }
  await expect(wishlist.moveToCart(who, { variantId: mug })).rejects.toMatchObject({ code: "sold_out" });
  expect(await saved(who)).toEqual([mug]);
});

test("a link shows the list until it is taken away", async () => {
  const who = guest();
  await wishlist.add(who, { variantId: tote });
  const { token } = await wishlist.share(who);
  expect(await wishlist.share(who)).toEqual({ token });
  expect((await getSharedWishlist(token))?.items).toHaveLength(1);
  expect(await getSharedWishlist(`${token}x`)).toBeNull();
  await wishlist.unshare(who);
  expect(await getSharedWishlist(token)).toBeNull();
});

test("signing in merges, keeps the link, and does it once", async () => {
  const visitor = guest();
  await wishlist.add(visitor, { variantId: mug });
  await wishlist.add(visitor, { variantId: tote });
  const { token } = await wishlist.share(visitor);
  await wishlist.add(world.ada, { variantId: tote });
  await wishlist.merge(world.ada, visitor.tokenHash ?? "");
  await wishlist.merge(world.ada, visitor.tokenHash ?? "");
  expect(await saved(world.ada)).toEqual([mug, tote].sort());
  expect(await saved(visitor)).toEqual([]);
  expect((await getSharedWishlist(token))?.items).toHaveLength(2);
});

/** Discounts as an admin's form tells them: amounts in the store's currency, moments on its clock, goods by name. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import type { DiscountInput } from "@/lib/domain/discounts";
import type { TypedDiscount, TypedTrial } from "@/lib/domain/discounts-form";
import { isShopError, ShopError } from "@/lib/domain/errors";
import { readFieldMoment } from "@/lib/domain/moments-input";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { canonicalRegion } from "@/lib/domain/regions";
import * as discounts from "@/lib/services/discounts";
import { test as tryOn, type Verdict } from "@/lib/services/discounts-trial";
import { goodsOf } from "@/lib/services/goods-by-hand";

type Faults = Record<string, string>;

/**
 * Makes a discount, or changes the one that the form names, and answers its id.
 * @throws ShopError invalid_input naming the form's fields, conflict, not_found
 */
export async function save(admin: Admin, typed: TypedDiscount): Promise<{ id: string }> {
  const input = await withTx((tx) => read(tx, typed));
  try {
    if (!typed.discountId) return await discounts.create(admin, input);
    await discounts.update(admin, { ...input, id: typed.discountId, version: typed.version ?? 0 });
    return { id: typed.discountId };
  } catch (error) {
    if (isShopError(error, "duplicate"))
      throw new ShopError("invalid_input", { fields: { code: "Another discount has this code." } });
    throw error;
  }
}

/** Tries a cart as typed. @throws ShopError invalid_input naming the lines that mean nothing, cart_empty */
export async function tryTyped(admin: Admin, typed: TypedTrial): Promise<Verdict> {
  const filled = typed.lines.map((line, at) => ({ ...line, at })).filter(({ goods }) => goods);
  const found = await withTx((tx) =>
    goodsOf(
      tx,
      filled.map(({ goods }) => goods),
    ),
  );
  const faults: Faults = {};
  const lines = filled.flatMap(({ at, quantity }, i) => {
    const goods = found[i];
    const pieces = quantity === "" ? 1 : Number(quantity);
    if (!goods) faults[`lines.${at}.goods`] = "No product or SKU of that name.";
    if (!Number.isInteger(pieces) || pieces < 1 || pieces > 999) faults[`lines.${at}.quantity`] = "1 to 999.";
    return goods ? [{ variantId: goods.variantId, quantity: pieces }] : [];
  });
  if (filled.length === 0) faults["lines.0.goods"] = "Put at least one thing into the cart.";
  const { country, region } = typed;
  const known = region ? canonicalRegion(country, region) : null;
  if (known === undefined) faults.region = "That country has no such region.";
  if (Object.keys(faults).length > 0) throw new ShopError("invalid_input", { fields: faults });
  return tryOn(admin, {
    code: typed.code || undefined,
    lines: merged(lines),
    customer: typed.email ? { email: typed.email } : undefined,
    place: country ? { country, region: known ?? null } : undefined,
  });
}

/** A cart holds a variant once. */
function merged(lines: readonly { variantId: string; quantity: number }[]) {
  const sums = new Map<string, number>();
  for (const { variantId, quantity } of lines) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  return [...sums].map(([variantId, quantity]) => ({ variantId, quantity }));
}

async function read(tx: Tx, typed: TypedDiscount): Promise<DiscountInput> {
  const [store] = (await tx.execute(
    sql`SELECT currency, time_zone AS "timeZone" FROM settings WHERE id = 1`,
  )) as unknown as { currency: string; timeZone: string }[];
  if (!store) throw new Error("a shop without settings has no discounts");
  const faults: Faults = {};
  const reader =
    <T>(parse: (text: string) => T | undefined, wrong: string) =>
    (field: keyof TypedDiscount & string, text: string): T | null => {
      const value = text === "" ? null : parse(text);
      if (value === undefined) faults[field] = wrong;
      return value ?? null;
    };
  const amount = reader(
    (text) => parseMoney(text, store.currency),
    `Please enter an amount like ${toDecimal(1250, store.currency)}.`,
  );
  const whole = reader((text) => (/^\d{1,10}$/.test(text) ? Number(text) : undefined), "A whole number.");
  const moment = reader((text) => readFieldMoment(text, store.timeZone), "Please enter a day and an hour.");
  const percent = (text: string) => text.replace(/\s*%$/, "");
  const lines = typed.goods.split("\n").filter((line) => line.trim());
  const found = await goodsOf(tx, lines);
  const unknown = lines.filter((_, i) => !found[i]);
  if (unknown.length > 0)
    faults.goods = `Nothing is called ${unknown.map((line) => line.trim()).join(", ")}.`;
  const input = {
    title: typed.title,
    code: typed.code || null,
    // What is none of the kinds is told by the schema of the service.
    kind: typed.kind as DiscountInput["kind"],
    value:
      typed.kind === "fixed"
        ? amount("value", typed.value)
        : typed.kind === "percentage"
          ? whole("value", percent(typed.value))
          : null,
    membershipTierId: typed.membershipTierId || null,
    minSubtotal: amount("minSubtotal", typed.minSubtotal),
    totalLimit: whole("totalLimit", typed.totalLimit),
    perCustomerLimit: whole("perCustomerLimit", typed.perCustomerLimit),
    startsAt: moment("startsAt", typed.startsAt),
    endsAt: moment("endsAt", typed.endsAt),
    isActive: Boolean(typed.isActive),
    categoryIds: typed.categoryIds,
    productIds: [...typed.productIds, ...found.flatMap((goods) => goods?.productId ?? [])],
  } satisfies DiscountInput;
  if (Object.keys(faults).length > 0) throw new ShopError("invalid_input", { fields: faults });
  return input;
}

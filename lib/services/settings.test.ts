import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Cast, cast, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { cacheExpiries, settings as rows } from "@/db/schema/settings";
import { ShopError } from "@/lib/domain/errors";
import { type TypedSettings, typedSettings } from "@/lib/domain/settings";
import { edit, editTyped } from "./settings";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});
beforeEach(async () => {
  await db.delete(cacheExpiries);
});

const stored = async () => {
  const [row] = await db.select().from(rows);
  if (!row) throw new Error("no settings");
  return row;
};
/** What the form sends when nothing in it is touched. */
async function form(change: Partial<TypedSettings> = {}): Promise<TypedSettings> {
  const row = await stored();
  return typedSettings.parse({
    ...Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value === null ? "" : String(value)]),
    ),
    pricesIncludeTax: row.pricesIncludeTax ? "yes" : "no",
    cashOnDelivery: row.cashOnDelivery ? "on" : undefined,
    cashOnDeliveryLimit: row.cashOnDeliveryLimit === null ? "" : String(row.cashOnDeliveryLimit / 100),
    commission: String(row.commission / 10_000),
    ...change,
  });
}
const faults = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: unknown) =>
      error instanceof ShopError ? ((error.data as { fields?: object }).fields ?? error.code) : error,
  );

test("are changed as a whole; what did not change is not in the log; pages are told", async () => {
  await editTyped(
    world.admin,
    await form({
      storeName: " Elsewhere ",
      sellerAddress: "1 Side Street\nCork",
      returnWindowDays: "14",
      cashOnDelivery: undefined,
      cashOnDeliveryLimit: "1.250,50",
      commission: "12,5",
    }),
  );
  expect(await stored()).toMatchObject({
    commission: 125_000,
    storeName: "Elsewhere",
    sellerAddress: "1 Side Street\nCork",
    returnWindowDays: 14,
    cashOnDelivery: false,
    cashOnDeliveryLimit: 125_050,
    legalName: null,
  });
  const [entry] = await db.select().from(audit).where(eq(audit.action, "settings.edit"));
  expect(Object.keys(entry?.after ?? {}).sort()).toEqual([
    "cashOnDelivery",
    "cashOnDeliveryLimit",
    "commission",
    "returnWindowDays",
    "sellerAddress",
    "storeName",
  ]);
  expect(await db.select().from(cacheExpiries)).toMatchObject([{ tag: "store" }]);
});

test.each([
  [{ storeName: " " }, "storeName"],
  [{ tagline: "x".repeat(81) }, "tagline"],
  [{ homeStatement: "x".repeat(81) }, "homeStatement"],
  [{ homeText: "x".repeat(301) }, "homeText"],
  [{ storeEmail: "nobody" }, "storeEmail"],
  [{ currency: "XX" }, "currency"],
  [{ country: "ZZ" }, "country"],
  [{ locale: "no such" }, "locale"],
  [{ timeZone: "Mars/Base" }, "timeZone"],
  [{ orderPrefix: "M1" }, "orderPrefix"],
  [{ paymentWindowMinutes: "0" }, "paymentWindowMinutes"],
  [{ paymentWindowMinutes: "2000" }, "paymentWindowMinutes"],
  [{ returnWindowDays: "366" }, "returnWindowDays"],
  [{ maxLineQuantity: "1.5" }, "maxLineQuantity"],
  [{ commission: "" }, "commission"],
  [{ commission: "101" }, "commission"],
  [{ lowStockThreshold: "-1" }, "lowStockThreshold"],
  [{ cashOnDeliveryLimit: "much" }, "cashOnDeliveryLimit"],
] as [Partial<TypedSettings>, string][])("%j is refused at %s", async (change, field) => {
  const before = await stored();
  expect(Object.keys((await faults(editTyped(world.admin, await form(change)))) as object)).toEqual([field]);
  expect(await stored()).toEqual(before);
});

test("a form that is out of date changes nothing and is told who changed what", async () => {
  const late = await form({ storeName: "Too late" });
  await editTyped(world.admin, await form({ storeName: "First" }));
  await expect(editTyped(world.admin, late)).rejects.toThrow(
    /changed the name of the shop to “First” just now/,
  );
  expect((await stored()).storeName).toBe("First");
});

test("the words of the home page may be left empty", async () => {
  await editTyped(
    world.admin,
    await form({ tagline: "Of paper", homeStatement: " Fold it. ", homeText: "All." }),
  );
  expect(await stored()).toMatchObject({ tagline: "Of paper", homeStatement: "Fold it.", homeText: "All." });
  await editTyped(world.admin, await form({ tagline: "", homeStatement: " ", homeText: "" }));
  expect(await stored()).toMatchObject({ tagline: null, homeStatement: null, homeText: null });
});

test("the currency may change until the first order", async () => {
  const { currency } = await stored();
  await editTyped(world.admin, await form({ currency: "chf" }));
  expect((await stored()).currency).toBe("CHF");
  await editTyped(world.admin, await form({ currency }));
  await order(world.ben, [{ variantId: await shelf(world, 5), quantity: 1 }], { email: "ben@example.com" });
  expect(await faults(editTyped(world.admin, await form({ currency: "CHF" })))).toEqual({
    currency: `There are orders in ${currency}: the books keep one currency.`,
  });
  const { version, ...row } = await stored();
  await edit(world.admin, { ...row, version, storeName: "Any time" });
  expect((await stored()).storeName).toBe("Any time");
});

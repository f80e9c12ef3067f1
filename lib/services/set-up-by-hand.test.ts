import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { shippingRates, shippingZonePlaces, shippingZones } from "@/db/schema/shipping";
import { taxClasses, taxRates } from "@/db/schema/tax";
import { ShopError } from "@/lib/domain/errors";
import { typedRate, typedZone } from "@/lib/domain/shipping-form";
import { readPercent, typedTaxClass, typedTaxRate } from "@/lib/domain/tax-form";
import { tryParcel } from "@/lib/queries/admin/shipping";
import * as shipping from "./shipping-by-hand";
import * as tax from "./tax-by-hand";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const faults = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: unknown) =>
      error instanceof ShopError ? ((error.data as { fields?: object }).fields ?? error.code) : error,
  );
const zone = (typed: object) => shipping.saveZone(world.admin, typedZone.parse(typed));
const rate = (typed: object) => shipping.saveRate(world.admin, typedRate.parse(typed));
const zoneNamed = async (name: string) => {
  const [row] = await db.select().from(shippingZones).where(eq(shippingZones.name, name));
  if (!row) throw new Error(`no zone ${name}`);
  return row;
};

test("zones reach places by name, each place once in the shop; a parcel costs what its rate says", async () => {
  await zone({ name: "Ice", places: "Greenland\nUS: Alaska" });
  const { id } = await zoneNamed("Ice");
  expect(await db.select().from(shippingZonePlaces).where(eq(shippingZonePlaces.zoneId, id))).toMatchObject([
    { country: "GL", region: null },
    { country: "US", region: "AK" },
  ]);
  expect(await faults(zone({ name: "Snow", places: "GL" }))).toEqual({
    places: "Another zone reaches one of these places already.",
  });
  expect(await faults(zone({ name: "Ice", places: "" }))).toEqual({ name: "Another zone has this name." });
  expect(await faults(zone({ name: "Snow", places: "Atlantis", position: "x" }))).toEqual({
    places: "There is no place called Atlantis.",
    position: "A whole number.",
  });

  const sledge = {
    zoneId: id,
    name: "Sledge",
    kind: "weight",
    amount: "19.50",
    rangeMax: "2000",
    isActive: "on",
  };
  await rate({ ...sledge, daysMin: "2", daysMax: "9", freeOver: "200" });
  const [row] = await db.select().from(shippingRates).where(eq(shippingRates.zoneId, id));
  expect(row).toMatchObject({ amount: 1950, rangeMin: null, rangeMax: 2000, freeOver: 20_000, daysMax: 9 });
  const parcel = (weight: number, worth: number, country = "GL") =>
    tryParcel(world.admin, { country, region: null, weight, worth });
  expect(await parcel(1999, 8000)).toMatchObject({ zone: "Ice", rates: [{ name: "Sledge", price: 1950 }] });
  expect((await parcel(1999, 20_000)).rates).toMatchObject([{ price: 0 }]);
  expect((await parcel(2000, 8000)).rates).toEqual([]);
  expect(await parcel(1, 1, "VU")).toMatchObject({ zone: null, rates: [] });
  // A rate that turns flat forgets its range.
  await rate({
    ...sledge,
    rateId: row?.id,
    version: 1,
    kind: "flat",
    rangeMax: "2000",
    daysMax: "3",
    daysMin: "1",
  });
  expect((await parcel(99_999, 8000)).rates).toMatchObject([{ price: 1950 }]);
  expect(await faults(rate({ ...sledge, rateId: row?.id, version: 1 }))).toBe("conflict");
  expect(await faults(rate({ ...sledge, amount: "much", rangeMin: "1,5", daysMin: "soon" }))).toEqual({
    amount: "Please enter an amount like 4.90.",
    rangeMin: "A whole number.",
    daysMin: "A whole number.",
  });
  expect(await faults(rate({ ...sledge, amount: "" }))).toEqual({
    amount: "Please enter an amount; 0 is free.",
  });
});

test("tax is told in per cent; one rate for a class and place", async () => {
  await tax.saveClass(world.admin, typedTaxClass.parse({ code: "maps", name: "Maps" }));
  const [maps] = await db.select().from(taxClasses).where(eq(taxClasses.code, "maps"));
  const taxClassId = maps?.id ?? "";
  const levy = { taxClassId, name: "Levy", rate: "8,875 %", country: "US", region: "new york" };
  const save = (typed: object) => tax.saveRate(world.admin, typedTaxRate.parse(typed));
  await save(levy);
  const [row] = await db.select().from(taxRates).where(eq(taxRates.taxClassId, taxClassId));
  expect(row).toMatchObject({ rate: 88_750, country: "US", region: "NY", appliesToShipping: false });
  expect(await faults(save(levy))).toEqual({ country: "This class has a rate for that place already." });
  expect(await faults(save({ ...levy, rate: "much" }))).toEqual({ rate: "Per cent, like 19 or 8.875." });
  expect(await faults(save({ ...levy, region: "Bavaria" }))).toEqual({
    region: "That country has no such region.",
  });
  await save({ ...levy, rateId: row?.id, version: 1, rate: "9", appliesToShipping: "on" });
  expect(await db.select().from(taxRates).where(eq(taxRates.taxClassId, taxClassId))).toMatchObject([
    { rate: 90_000, appliesToShipping: true, version: 2 },
  ]);
  expect(
    await faults(tax.saveClass(world.admin, typedTaxClass.parse({ code: "maps", name: "More" }))),
  ).toEqual({
    code: "Another class has this code.",
  });
});

test.each([
  ["19", 190_000],
  ["19 %", 190_000],
  ["8.875", 88_750],
  ["0", 0],
  ["0,0001", 1],
  ["", undefined],
  ["-1", undefined],
  ["1.00001", undefined],
])("%j is %s parts per million", (text, ppm) => {
  expect(readPercent(text)).toBe(ppm);
});

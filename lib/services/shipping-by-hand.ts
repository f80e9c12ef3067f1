/** Zones and rates as an admin's forms tell them: amounts in the store's currency, places by name. */
import { sql } from "drizzle-orm";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { isShopError, ShopError } from "@/lib/domain/errors";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { readPlaces } from "@/lib/domain/places";
import type { TypedRate, TypedZone } from "@/lib/domain/shipping-form";
import type { RateInput } from "@/lib/domain/shipping-input";
import * as shipping from "@/lib/services/shipping";

type Faults = Record<string, string>;

const whole = (text: string): number | undefined => (/^\d{1,12}$/.test(text) ? Number(text) : undefined);

/**
 * Makes a zone, or changes the one that the form names.
 * @throws ShopError invalid_input naming the form's fields, conflict, not_found
 */
export async function saveZone(admin: Admin, typed: TypedZone): Promise<void> {
  const { places, unknown } = readPlaces(typed.places);
  const faults: Faults = {};
  if (unknown.length > 0) faults.places = `There is no place called ${unknown.join(", ")}.`;
  const position = typed.position ? whole(typed.position) : 0;
  if (position === undefined) faults.position = "A whole number.";
  if (Object.keys(faults).length > 0) throw new ShopError("invalid_input", { fields: faults });
  const zone = { name: typed.name, position: position ?? 0, places };
  const { zoneId: id, version = 0 } = typed;
  try {
    if (id) await shipping.updateZone(admin, { ...zone, id, version });
    else await shipping.createZone(admin, zone);
  } catch (error) {
    if (!isShopError(error, "duplicate")) throw error;
    const isPlace = error.data.field === "place";
    throw new ShopError("invalid_input", {
      fields: isPlace
        ? { places: "Another zone reaches one of these places already." }
        : { name: "Another zone has this name." },
    });
  }
}

/**
 * Adds a rate to a zone, or changes the one that the form names.
 * @throws ShopError invalid_input naming the form's fields, conflict, not_found
 */
export async function saveRate(admin: Admin, typed: TypedRate): Promise<void> {
  const rate = readRate(typed, await currency());
  const { rateId: id, version = 0, zoneId } = typed;
  if (id) await shipping.updateRate(admin, { ...rate, id, version });
  else await shipping.createRate(admin, { ...rate, zoneId });
}

async function currency(): Promise<string> {
  const rows = await withTx((tx) => tx.execute(sql`SELECT currency FROM settings WHERE id = 1`));
  return (rows as unknown as { currency: string }[])[0]?.currency ?? "EUR";
}

function readRate(typed: TypedRate, money: string): RateInput {
  const faults: Faults = {};
  const read = (
    field: keyof TypedRate & string,
    text: string,
    parse: (text: string) => number | undefined,
  ) => {
    const value = text === "" ? null : parse(text);
    if (value === undefined)
      faults[field] =
        parse === whole ? "A whole number." : `Please enter an amount like ${toDecimal(490, money)}.`;
    return value ?? null;
  };
  const amountOf = (text: string) => parseMoney(text, money);
  const inRange = typed.kind === "weight" ? whole : amountOf;
  const isFlat = typed.kind === "flat";
  const amount = read("amount", typed.amount, amountOf);
  if (amount === null) faults.amount ??= "Please enter an amount; 0 is free.";
  const rate = {
    name: typed.name,
    // What is none of the kinds is told by the schema of the service.
    kind: typed.kind as RateInput["kind"],
    amount: amount ?? 0,
    // A rate that turns flat forgets its range.
    rangeMin: isFlat ? null : read("rangeMin", typed.rangeMin, inRange),
    rangeMax: isFlat ? null : read("rangeMax", typed.rangeMax, inRange),
    freeOver: read("freeOver", typed.freeOver, amountOf),
    daysMin: read("daysMin", typed.daysMin, whole) ?? 0,
    daysMax: read("daysMax", typed.daysMax, whole) ?? 0,
    position: read("position", typed.position, whole) ?? 0,
    isActive: Boolean(typed.isActive),
  };
  if (Object.keys(faults).length > 0) throw new ShopError("invalid_input", { fields: faults });
  return rate;
}

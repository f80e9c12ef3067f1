/** Shipping: an admin makes and changes zones and their rates. Orders keep what they were charged. */
import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { newId } from "@/db/id";
import { checkouts } from "@/db/schema/checkout";
import { shippingRates, shippingZonePlaces, shippingZones } from "@/db/schema/shipping";
import { withTx } from "@/db/tx";
import { STORE_TAG } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import { wordsFor } from "@/lib/domain/audit";
import { checked } from "@/lib/domain/checked";
import { ShopError } from "@/lib/domain/errors";
import { type RateInput, rateInput, type ZoneInput, zoneInput } from "@/lib/domain/shipping-input";
import { type Again, keysOf, madeOr } from "@/lib/services/again";
import { write, writeGone } from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";

export type ShippingRate = typeof shippingRates.$inferSelect;

const WORDS = wordsFor(["name", "places", "kind", "amount", "freeOver", "rangeMin", "rangeMax", "isActive"]);

/** A row as a form opened it. */
export interface Opened {
  readonly id: string;
  readonly version: number;
}

/**
 * Makes a zone; one that was deleted comes back as `again`, with its rates.
 * @throws ShopError invalid_input, duplicate for a name or a place that another zone has
 */
export function createZone(
  admin: Admin,
  input: ZoneInput,
  again?: Again & { readonly rates: readonly ShippingRate[] },
): Promise<{ id: string }> {
  return saving(async (tx) => {
    const { places, ...columns } = checked(zoneInput, input);
    const { rates, ...keys } = { rates: again?.rates ?? [], ...keysOf(again) };
    const { id } = keys;
    await tx.insert(shippingZones).values({ ...keys, ...columns });
    await setPlaces(tx, id, places);
    if (rates.length > 0) await tx.insert(shippingRates).values([...rates]);
    const after = { ...columns, places };
    await write(tx, admin, {
      action: `zone.${madeOr(again)}`,
      subject: "shipping_zones",
      subjectId: id,
      before: {},
      after,
    });
    return { id };
  });
}

/** Changes a zone and where it reaches as a whole. @throws ShopError invalid_input, duplicate, conflict, not_found */
export function updateZone(admin: Admin, { id, version, ...input }: ZoneInput & Opened): Promise<void> {
  return saving(async (tx) => {
    const { places, ...columns } = checked(zoneInput, input);
    const before = await lockZone(tx, { id, version });
    const were = await placesOf(tx, id);
    await tx
      .update(shippingZones)
      .set({ ...columns, version: version + 1 })
      .where(eq(shippingZones.id, id));
    await setPlaces(tx, id, places);
    await write(tx, admin, {
      action: "zone.edit",
      subject: "shipping_zones",
      subjectId: id,
      before: { ...before, places: were },
      after: { ...columns, places },
    });
  });
}

/** Removes a zone with its rates. @throws ShopError in_use while somebody checks out by one of them, conflict, not_found */
export function removeZone(admin: Admin, opened: Opened): Promise<void> {
  return saving(async (tx) => {
    const before = await lockZone(tx, opened);
    const { id } = before;
    const rates = await tx.select().from(shippingRates).where(eq(shippingRates.zoneId, id)).for("update");
    if (
      await isChosen(
        tx,
        rates.map((rate) => rate.id),
      )
    )
      throw new ShopError("in_use", { what: "zone", by: "a checkout that is under way" });
    const whole = { ...before, places: await placesOf(tx, id), rates };
    await tx.delete(shippingZones).where(eq(shippingZones.id, id));
    await writeGone(tx, admin, { action: "zone.delete", subject: "shipping_zones", before: whole });
  });
}

/** Adds a rate to a zone. @throws ShopError invalid_input, not_found for the zone */
export function createRate(
  admin: Admin,
  { zoneId, ...input }: RateInput & { readonly zoneId: string },
  again?: Again,
): Promise<{ id: string }> {
  return saving(async (tx) => {
    const columns = checked(rateInput, input);
    const [zone] = await tx
      .select({ id: shippingZones.id })
      .from(shippingZones)
      .where(eq(shippingZones.id, zoneId))
      .for("share");
    if (!zone) throw new ShopError("not_found", { what: "zone" });
    const keys = keysOf(again);
    const { id } = keys;
    await tx.insert(shippingRates).values({ ...keys, zoneId, ...columns });
    const after = { zoneId, ...columns };
    await write(tx, admin, {
      action: `rate.${madeOr(again)}`,
      subject: "shipping_rates",
      subjectId: id,
      before: {},
      after,
    });
    return { id };
  });
}

/** @throws ShopError invalid_input, conflict, not_found */
export function updateRate(admin: Admin, { id, version, ...input }: RateInput & Opened): Promise<void> {
  return saving(async (tx) => {
    const after = checked(rateInput, input);
    const before = await lockRate(tx, { id, version });
    await tx
      .update(shippingRates)
      .set({ ...after, version: version + 1 })
      .where(eq(shippingRates.id, id));
    await write(tx, admin, {
      action: "rate.edit",
      subject: "shipping_rates",
      subjectId: id,
      before,
      after,
    });
  });
}

/**
 * Removes a rate; one that an open checkout has chosen is only switched off, so that its shopper is asked to choose
 * again instead of finding nothing. @throws ShopError conflict, not_found
 */
export function removeRate(admin: Admin, opened: Opened): Promise<{ removed: "deleted" | "inactive" }> {
  return saving(async (tx) => {
    const before = await lockRate(tx, opened);
    const row = eq(shippingRates.id, before.id);
    const chosen = await isChosen(tx, [before.id]);
    if (chosen)
      await tx
        .update(shippingRates)
        .set({ isActive: false, version: before.version + 1 })
        .where(row);
    else await tx.delete(shippingRates).where(row);
    if (!chosen) await writeGone(tx, admin, { action: "rate.delete", subject: "shipping_rates", before });
    else
      await write(tx, admin, {
        action: "rate.deactivate",
        subject: "shipping_rates",
        subjectId: before.id,
        before,
        after: { isActive: false },
      });
    return { removed: chosen ? "inactive" : "deleted" };
  });
}

async function isChosen(tx: Tx, rateIds: readonly string[]): Promise<boolean> {
  if (rateIds.length === 0) return false;
  const open = and(inArray(checkouts.shippingRateId, [...rateIds]), eq(checkouts.status, "open"));
  return (await tx.$count(checkouts, open)) > 0;
}

async function lockZone(tx: Tx, { id, version }: Opened) {
  const [row] = await tx.select().from(shippingZones).where(eq(shippingZones.id, id)).for("update");
  if (!row) throw new ShopError("not_found", { what: "zone" });
  if (row.version !== version)
    throw await conflictWith(
      tx,
      { what: "zone", subject: "shipping_zones", subjectId: id, version: row.version },
      WORDS,
    );
  return row;
}

async function lockRate(tx: Tx, { id, version }: Opened) {
  const [row] = await tx.select().from(shippingRates).where(eq(shippingRates.id, id)).for("update");
  if (!row) throw new ShopError("not_found", { what: "rate" });
  if (row.version !== version)
    throw await conflictWith(
      tx,
      { what: "rate", subject: "shipping_rates", subjectId: id, version: row.version },
      WORDS,
    );
  return row;
}

interface Place {
  readonly country: string;
  readonly region: string | null;
}

/** Where a zone reaches, in the order in which it was told. */
export async function placesOf(tx: Tx, zoneId: string): Promise<Place[]> {
  const { country, region } = shippingZonePlaces;
  const rows = tx.select({ country, region }).from(shippingZonePlaces);
  return rows.where(eq(shippingZonePlaces.zoneId, zoneId)).orderBy(shippingZonePlaces.id);
}

async function setPlaces(tx: Tx, zoneId: string, places: readonly Place[]): Promise<void> {
  await tx.delete(shippingZonePlaces).where(eq(shippingZonePlaces.zoneId, zoneId));
  if (places.length > 0)
    await tx.insert(shippingZonePlaces).values(places.map((place) => ({ id: newId(), zoneId, ...place })));
}

/** Public pages tell the cheapest delivery of the shop's own country: whatever changes here may change that. */
async function saving<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
  try {
    return await withTx(async (tx) => {
      const answer = await work(tx);
      await cache.expire(tx, [STORE_TAG]);
      return answer;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    const { cause } = error as { cause?: { constraint_name?: string } };
    const field = cause?.constraint_name === "shipping_zone_places_key" ? "place" : "name";
    throw new ShopError("duplicate", { field }, { cause: error });
  }
}

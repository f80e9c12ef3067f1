/** Where the shop delivers and for how much, as public pages and machines are told, cached until it changes. */
import { cacheLife, cacheTag } from "next/cache";
import { readPublic } from "@/db/replica";
import { STORE_TAG } from "@/lib/cache-tags";
import { hasDatabase } from "@/lib/queries/settings";
import { BOOT } from "./boot";

export interface DeliveryRate {
  readonly name: string;
  readonly kind: "flat" | "weight" | "subtotal";
  /** Minor units. */
  readonly amount: number;
  /** Grams for `weight`, minor units for `subtotal`: from min (inclusive) to max (exclusive). */
  readonly rangeMin: number | null;
  readonly rangeMax: number | null;
  readonly freeOver: number | null;
  /** Working days. */
  readonly daysMin: number;
  readonly daysMax: number;
}

export interface DeliveryZone {
  readonly name: string;
  readonly places: readonly { country: string; region: string | null }[];
  readonly rates: readonly DeliveryRate[];
}

/** The zones with their rates, in their order. Empty ones are left out. */
export const listDelivery = (): Promise<DeliveryZone[]> => cachedDelivery(BOOT);

async function cachedDelivery(_boot: string): Promise<DeliveryZone[]> {
  "use cache";
  cacheLife("hours");
  cacheTag(STORE_TAG);
  if (!hasDatabase()) return [];
  const zones = await readPublic(
    (sql) => sql<DeliveryZone[]>`
    select z.name,
      coalesce((select json_agg(json_build_object('country', p.country, 'region', p.region) order by p.country, p.region)
        from shipping_zone_places p where p.zone_id = z.id), '[]'::json) as places,
      coalesce((select json_agg(json_build_object('name', r.name, 'kind', r.kind, 'amount', r.amount,
          'rangeMin', r.range_min, 'rangeMax', r.range_max, 'freeOver', r.free_over,
          'daysMin', r.days_min, 'daysMax', r.days_max) order by r.position, r.amount)
        from shipping_rates r where r.zone_id = z.id and r.is_active), '[]'::json) as rates
    from shipping_zones z order by z.position, z.name`,
  );
  return zones
    .filter((zone) => zone.places.length > 0 && zone.rates.length > 0)
    .map(({ name, places, rates }) => ({ name, places, rates }));
}

/** The cheapest rate for goods of this price and weight; undefined where none of the zone's fits. */
export function cheapestRate(
  { rates }: DeliveryZone,
  goods: { amount: number; weight: number },
): (DeliveryRate & { price: number }) | undefined {
  return rates
    .filter(({ kind, rangeMin, rangeMax }) => {
      if (kind === "flat") return true;
      const measure = kind === "weight" ? goods.weight : goods.amount;
      return measure >= (rangeMin ?? 0) && (rangeMax === null || measure < rangeMax);
    })
    .map((rate) => ({
      ...rate,
      price: rate.freeOver !== null && goods.amount >= rate.freeOver ? 0 : rate.amount,
    }))
    .toSorted((a, b) => a.price - b.price)[0];
}

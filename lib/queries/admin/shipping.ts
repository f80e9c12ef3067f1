/** Delivery in the back office: zones with all their rates, and what a parcel would cost. For admins only. */
import { db, sql } from "@/db/client";
import { readRates } from "@/db/pricing";
import type { Admin } from "@/lib/domain/actors";
import { type QuoteRate, ratesFor } from "@/lib/domain/quote";

export interface RateRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly kind: "flat" | "weight" | "subtotal";
  /** Minor units. */
  readonly amount: number;
  /** Grams for `weight`, minor units for `subtotal`. */
  readonly rangeMin: number | null;
  readonly rangeMax: number | null;
  readonly freeOver: number | null;
  /** Working days. */
  readonly daysMin: number;
  readonly daysMax: number;
  readonly position: number;
  readonly isActive: boolean;
}

export interface ZoneRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly position: number;
  readonly places: readonly { country: string; region: string | null }[];
  readonly rates: readonly RateRow[];
}

/** All zones in their order, with switched-off rates, too. */
export async function listZones(_admin: Admin): Promise<ZoneRow[]> {
  const rows = await sql<ZoneRow[]>`
    select z.id, z.version, z.name, z.position,
      coalesce((select json_agg(json_build_object('country', p.country, 'region', p.region) order by p.country, p.region)
        from shipping_zone_places p where p.zone_id = z.id), '[]'::json) as places,
      coalesce((select json_agg(json_build_object('id', r.id, 'version', r.version, 'name', r.name, 'kind', r.kind,
          'amount', r.amount, 'rangeMin', r.range_min, 'rangeMax', r.range_max, 'freeOver', r.free_over,
          'daysMin', r.days_min, 'daysMax', r.days_max, 'position', r.position, 'isActive', r.is_active)
          order by r.position, r.amount, r.id)
        from shipping_rates r where r.zone_id = z.id), '[]'::json) as rates
    from shipping_zones z order by z.position, z.name`;
  return [...rows];
}

export interface ParcelAnswer {
  /** The zone that reaches the place; null where none does. */
  readonly zone: string | null;
  /** The rates that take the parcel, in the order in which the checkout shows them. */
  readonly rates: readonly QuoteRate[];
  /** Parts per million on shipping. */
  readonly shippingTaxRate: number;
}

/** What a parcel of that weight (grams) and worth (minor units) would cost, by the rules of the checkout. */
export async function tryParcel(
  _admin: Admin,
  {
    country,
    region,
    weight,
    worth,
  }: { country: string; region: string | null; weight: number; worth: number },
): Promise<ParcelAnswer> {
  const [[zone], { rates, shippingTaxRate }] = await Promise.all([
    sql<{ name: string }[]>`
      select z.name from shipping_zone_places p join shipping_zones z on z.id = p.zone_id
      where p.country = ${country} and (p.region is null or p.region = ${region}::text)
      order by p.region nulls last limit 1`,
    readRates(db, { country, region }),
  ]);
  return { zone: zone?.name ?? null, rates: ratesFor(rates, worth, weight), shippingTaxRate };
}

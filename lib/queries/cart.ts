/** What cart pages show: the quote of the shopper's active cart, where it may go, and the count. Never cached. */
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type Place, readPricing } from "@/db/pricing";
import type { Shopper } from "@/lib/domain/actors";
import { countries } from "@/lib/domain/countries";
import { type Quote, quoteCart } from "@/lib/domain/quote";
import { type Region, regionsOf } from "@/lib/domain/regions";

export interface CountryChoice {
  readonly code: string;
  readonly name: string;
}

export interface CartView {
  readonly cartId: string;
  readonly quote: Quote;
  /** Pieces in the cart, sold-out ones included. */
  readonly count: number;
  /** Where the estimate is for; the shop's own country until the shopper chooses. */
  readonly place: Place;
  readonly countries: readonly CountryChoice[];
  /** Regions of the countries in which delivery or tax depends on them. */
  readonly regions: Readonly<Record<string, readonly Region[]>>;
  readonly maxLineQuantity: number;
  /** Whether anything in it can be bought now. */
  readonly canCheckOut: boolean;
  /** A price or a quantity changed that the shopper has to look at before ordering. */
  readonly hasChanges: boolean;
}

export interface CartRow {
  readonly id: string;
  readonly country: string | null;
  readonly region: string | null;
}

/** The active cart of a shopper, or null where there is none. */
export async function findCart(shopper: Shopper): Promise<CartRow | null> {
  if (shopper.kind === "guest" && !shopper.tokenHash) return null;
  const holder =
    shopper.kind === "guest"
      ? sql`guest_token_hash = ${shopper.tokenHash}`
      : sql`user_id = ${shopper.userId}`;
  const rows = await db.execute<{ id: string; country: string | null; region: string | null }>(
    sql`SELECT id, estimate_country AS country, estimate_region AS region FROM carts WHERE status = 'active' AND ${holder}`,
  );
  return rows[0] ?? null;
}

/** The cart as its page shows it; null where there is nothing in it. */
export async function getCart(shopper: Shopper): Promise<CartView | null> {
  const [cart, store] = await Promise.all([findCart(shopper), getStore()]);
  if (!cart) return null;
  const place = cart.country
    ? { country: cart.country, region: cart.region }
    : { country: store.country, region: null };
  const quote = quoteCart(await readPricing(db, cart.id, { place }));
  return quote.lines.length === 0 ? null : viewOf(cart.id, quote, place, store);
}

export interface Store {
  readonly country: string;
  readonly maxLineQuantity: number;
  readonly countries: readonly CountryChoice[];
  readonly regions: Readonly<Record<string, readonly Region[]>>;
}

/** The shop's settings that cart and checkout need, with the countries that a delivery rate exists for. */
export async function getStore(): Promise<Store> {
  const rows = await db.execute<StoreRow>(sql`
    SELECT country, max_line_quantity AS "maxLineQuantity", ARRAY(
      SELECT DISTINCT z.country FROM shipping_zone_places z
      JOIN shipping_rates r ON r.zone_id = z.zone_id AND r.is_active ORDER BY z.country) AS codes, ARRAY(
      SELECT country || ' ' || region FROM shipping_zone_places WHERE region IS NOT NULL
      UNION SELECT country || ' ' || region FROM tax_rates WHERE region IS NOT NULL ORDER BY 1) AS regional
    FROM settings WHERE id = 1`);
  const row = rows[0];
  if (!row) throw new Error("the settings row is missing: run the migrations and the seed");
  const choices = row.codes.flatMap((code) => {
    const name = countries[code]?.name;
    return name ? [{ code, name }] : [];
  });
  choices.sort((a, b) => a.name.localeCompare(b.name));
  const { country, maxLineQuantity, regional } = row;
  return { country, maxLineQuantity, countries: choices, regions: regionsThatMatter(regional) };
}

interface StoreRow extends Record<string, unknown> {
  country: string;
  maxLineQuantity: number;
  codes: string[];
  /** "US NY": a region that has a zone or a tax of its own. */
  regional: string[];
}

/** All regions of such a country where its list is known, else those that have a rule of their own. */
function regionsThatMatter(regional: readonly string[]): Record<string, readonly Region[]> {
  const found: Record<string, readonly Region[]> = {};
  for (const one of regional) {
    const [code, value] = [one.slice(0, 2), one.slice(3)];
    const known = countries[code]?.regionLabel ? regionsOf(code) : [];
    found[code] = known.length > 0 ? known : [...(found[code] ?? []), { value, name: value }];
  }
  return found;
}

/** Puts what a page needs beside a quote. */
export function viewOf(cartId: string, quote: Quote, place: Place, store: Store): CartView {
  const priced = quote.lines.filter((line) => line.state === "ok" || line.state === "short");
  return {
    cartId,
    quote,
    count: quote.lines.reduce((sum, line) => sum + line.quantity, 0),
    place,
    countries: store.countries,
    regions: store.regions,
    maxLineQuantity: store.maxLineQuantity,
    canCheckOut: priced.length > 0,
    hasChanges: priced.some((line) => line.state === "short" || line.priceChange !== null),
  };
}

/** What a variant is called, for the sentence about a line that was taken out; null where it is unknown. */
export async function getVariantName(variantId: string): Promise<string | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(variantId)) return null;
  const rows = await db.execute<{ name: string }>(sql`
    SELECT p.name || CASE v.title WHEN '' THEN '' ELSE ', ' || v.title END AS name
    FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = ${variantId}`);
  return rows[0]?.name ?? null;
}

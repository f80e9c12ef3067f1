/** The demo shop's settings, tax classes and rates, and where it delivers for how much. */
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { settings } from "@/db/schema/settings";
import { shippingRates, shippingZonePlaces, shippingZones } from "@/db/schema/shipping";
import { taxClasses, taxRates } from "@/db/schema/tax";

/** Value added tax in per cent, as of 2026. What is missing here is exported without tax. */
const vat: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 21,
  CH: 8.1,
  DE: 19,
  DK: 25,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GB: 20,
  IE: 23,
  IT: 22,
  LU: 17,
  NL: 21,
  NO: 25,
  PL: 23,
  PT: 23,
  SE: 25,
};

interface Rate {
  name: string;
  /** EUR cents. */
  amount: number;
  freeOver?: number;
  /** Working days. */
  days: readonly [number, number];
}

interface Zone {
  name: string;
  countries: readonly string[];
  /** Parts of one country that cost more than the rest of it. */
  regions?: { country: string; of: readonly string[] };
  rates: readonly Rate[];
}

const zones: readonly Zone[] = [
  {
    name: "Germany",
    countries: ["DE"],
    rates: [
      { name: "Standard", amount: 490, freeOver: 8000, days: [2, 3] },
      { name: "Express", amount: 990, days: [1, 1] },
    ],
  },
  {
    name: "Neighbours",
    countries: ["AT", "BE", "LU", "NL"],
    rates: [
      { name: "Standard", amount: 790, freeOver: 12_000, days: [2, 4] },
      { name: "Express", amount: 1490, days: [1, 2] },
    ],
  },
  {
    name: "European Union",
    countries: ["DK", "ES", "FI", "FR", "IE", "IT", "PL", "PT", "SE"],
    rates: [
      { name: "Standard", amount: 990, freeOver: 15_000, days: [3, 6] },
      { name: "Express", amount: 1990, days: [2, 3] },
    ],
  },
  {
    name: "Great Britain, Switzerland, Norway",
    countries: ["GB", "CH", "NO"],
    rates: [{ name: "Standard, duties paid", amount: 1490, freeOver: 25_000, days: [4, 7] }],
  },
  {
    name: "Overseas",
    countries: ["CA", "JP", "US"],
    rates: [
      { name: "Standard", amount: 2490, days: [7, 14] },
      { name: "Express", amount: 4990, days: [3, 5] },
    ],
  },
  {
    name: "Alaska, Hawaii",
    countries: [],
    regions: { country: "US", of: ["AK", "HI"] },
    rates: [{ name: "Standard", amount: 3490, days: [10, 18] }],
  },
];

/** Inserts everything that is true of the shop before it sells anything. */
export async function insertStore(tx: Tx): Promise<void> {
  await tx.insert(settings).values({
    storeName: "Moiré",
    tagline: "Objects with numbered patterns",
    homeStatement: "Two lines meet. A third appears.",
    homeText:
      "Prints, textiles and tableware drawn from interfering patterns. Every piece has a number; no two runs are alike.",
    storeEmail: "hello@example.com",
    currency: "EUR",
    country: "DE",
    timeZone: "Europe/Berlin",
    legalName: "Moiré Beispielwaren GmbH",
    sellerAddress: "Torstraße 1\n10119 Berlin\nGermany",
    taxNumber: "DE000000000",
    cashOnDeliveryLimit: 50_000,
  });
  await insertTaxes(tx);
  await insertDelivery(tx);
  await tx.insert(discounts).values({
    id: newId(),
    title: "Ten per cent for lines",
    code: "LINES10",
    kind: "percentage",
    value: 10,
    minSubtotal: 2000,
  });
}

/** Value added tax by country, as one class. */
export async function insertTaxes(tx: Tx): Promise<void> {
  const standard = newId();
  await tx
    .insert(taxClasses)
    .values({ id: standard, code: "standard", name: "Standard rate", isDefault: true });
  await tx.insert(taxRates).values(
    Object.entries(vat).map(([country, percent]) => ({
      id: newId(),
      taxClassId: standard,
      country,
      name: `VAT ${percent} %`,
      rate: Math.round(percent * 10_000),
    })),
  );
}

/** Where goods go, for how much. */
export async function insertDelivery(tx: Tx): Promise<void> {
  for (const [position, { name, countries, regions, rates }] of zones.entries()) {
    const zoneId = newId();
    await tx.insert(shippingZones).values({ id: zoneId, name, position });
    await tx.insert(shippingZonePlaces).values([
      ...countries.map((country) => ({ id: newId(), zoneId, country, region: null })),
      ...(regions?.of ?? []).map((region) => ({
        id: newId(),
        zoneId,
        country: regions?.country ?? "",
        region,
      })),
    ]);
    await tx.insert(shippingRates).values(
      rates.map(({ days: [daysMin, daysMax], ...rate }, place) => ({
        id: newId(),
        zoneId,
        ...rate,
        daysMin,
        daysMax,
        position: place,
      })),
    );
  }
}

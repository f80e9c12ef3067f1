/** What pages may say about the shop, straight from its settings and rates, so that no page promises what is not so. */
import { type Figures, plain } from "@/lib/domain/content";
import { countries } from "@/lib/domain/countries";
import { formatMoney } from "@/lib/domain/money";
import { regionsOf } from "@/lib/domain/regions";
import type { Store } from "./settings";
import type { DeliveryRate, DeliveryZone } from "./shipping";

/** What every `{{name}}` of a page says. */
export function figuresOf(store: Store, zones: readonly DeliveryZone[]): Figures {
  const { delivery, returnWindowDays } = store;
  return {
    // Names are an admin's own words.
    storeName: plain(store.name),
    storeEmail: store.email,
    country: store.countryName,
    currency: store.currency,
    returnDays: String(returnWindowDays),
    returnPromise:
      returnWindowDays > 0
        ? `You may send anything back within ${returnWindowDays} days of delivery.`
        : "We take back what is faulty, and nothing else.",
    deliveryDays: delivery ? spanOf(delivery) : "a few working days",
    freeDelivery: delivery?.freeOver
      ? `Within ${store.countryName} delivery is free over ${delivery.freeOver}.`
      : "",
    deliveryTable: zones.length > 0 ? tableOf(zones, store) : "Where we deliver is shown in the cart.",
    paymentWays: store.cashOnDelivery
      ? "by card, by wallet, or in cash to the courier"
      : "by card or by wallet",
    taxLine: store.pricesIncludeTax
      ? "All prices include value added tax."
      : "Tax is added at the checkout, before you order.",
  };
}

/** A table for each zone, with the countries as its first head: three columns fit a phone. */
function tableOf(zones: readonly DeliveryZone[], { currency, locale }: Store): string {
  const money = (amount: number) => formatMoney(amount, currency, { locale, compact: true });
  const row = (rate: DeliveryRate) => {
    const price = rate.amount === 0 ? "Free" : money(rate.amount);
    const free = rate.freeOver === null ? "" : `, free over ${money(rate.freeOver)}`;
    return `| ${plain(rate.name)}${rangeOf(rate, money)} | ${price}${free} | ${spanOf(rate)} |`;
  };
  return zones
    .map(({ places, rates }) =>
      [`| ${placesText(places)} | Price | Takes |`, "| --- | --- | --- |", ...rates.map(row)].join("\n"),
    )
    .join("\n\n");
}

function placesText(places: DeliveryZone["places"]): string {
  return places
    .map(({ country, region }) => {
      const name = countries[country]?.name ?? country;
      return region ? `${regionName(country, region)} (${name})` : name;
    })
    .map(plain)
    .sort((a, b) => a.localeCompare(b, "en"))
    .join(", ");
}

const regionName = (country: string, region: string): string =>
  regionsOf(country).find(({ value }) => value === region)?.name ?? region;

function rangeOf({ kind, rangeMin, rangeMax }: DeliveryRate, money: (amount: number) => string): string {
  if (kind === "flat") return "";
  const write = kind === "weight" ? (grams: number) => `${grams / 1000} kg` : money;
  const from = rangeMin ? ` from ${write(rangeMin)}` : "";
  return `${from}${rangeMax === null ? "" : ` below ${write(rangeMax)}`}`;
}

const spanOf = ({ daysMin, daysMax }: { daysMin: number; daysMax: number }): string =>
  daysMin === daysMax
    ? `${daysMax} working ${daysMax === 1 ? "day" : "days"}`
    : `${daysMin} to ${daysMax} working days`;

/** The store's settings and delivery promise as public pages show them, cached. */
import { cacheLife, cacheTag } from "next/cache";
import { readPublic } from "@/db/replica";
import { STORE_TAG } from "@/lib/cache-tags";
import { countries } from "@/lib/domain/countries";
import { formatMoney } from "@/lib/domain/money";
import { BOOT } from "./boot";

export interface Store {
  /** Empty in what a build without a database makes, which no shopper sees. */
  name: string;
  /** A line beside the name in titles. */
  tagline: string | null;
  /** The large line of the home page. */
  homeStatement: string | null;
  homeText: string | null;
  email: string;
  /** ISO 4217. */
  currency: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  countryName: string;
  locale: string;
  /** IANA name, in which people read moments. */
  timeZone: string;
  pricesIncludeTax: boolean;
  returnWindowDays: number;
  cashOnDelivery: boolean;
  maxLineQuantity: number;
  /** Who sells, as it stands on invoices, and where returns go: lines of an address. */
  seller: { name: string; address: string | null; taxNumber: string | null };
  /** Where a bank transfer goes, as lines. */
  bankDetails: string | null;
  /** The cheapest delivery within the store's own country. */
  delivery: Delivery | null;
}

export interface Delivery {
  /** Written out. */
  price: string;
  freeOver: string | null;
  /** Minor units. */
  amount: number;
  freeOverAmount: number | null;
  /** Working days. */
  daysMin: number;
  daysMax: number;
}

type Row = Omit<Store, "countryName" | "delivery"> & {
  delivery: { amount: number; freeOver: number | null; daysMin: number; daysMax: number } | null;
};

const UNSET: Row = {
  name: "",
  tagline: null,
  homeStatement: null,
  homeText: null,
  email: "hello@example.com",
  currency: "EUR",
  country: "DE",
  locale: "en-IE",
  timeZone: "Europe/Berlin",
  pricesIncludeTax: true,
  returnWindowDays: 30,
  cashOnDelivery: true,
  maxLineQuantity: 20,
  seller: { name: "", address: null, taxNumber: null },
  bankDetails: null,
  delivery: null,
};

/** Whether there is a database to read from: a build may have none, and its pages are rendered again at first view. */
export const hasDatabase = (): boolean => Boolean(process.env.DATABASE_URL);

/** The store's settings. Falls back to the defaults of a new shop while no row exists. */
export const getStore = (): Promise<Store> => cachedStore(BOOT);

async function cachedStore(_boot: string): Promise<Store> {
  "use cache";
  cacheLife("hours");
  cacheTag(STORE_TAG);
  const row = hasDatabase() ? await readStore() : UNSET;
  const money = (amount: number) => formatMoney(amount, row.currency, { locale: row.locale, compact: true });
  return {
    ...row,
    countryName: countries[row.country]?.name ?? row.country,
    delivery: row.delivery && {
      price: money(row.delivery.amount),
      freeOver: row.delivery.freeOver === null ? null : money(row.delivery.freeOver),
      amount: row.delivery.amount,
      freeOverAmount: row.delivery.freeOver,
      daysMin: row.delivery.daysMin,
      daysMax: row.delivery.daysMax,
    },
  };
}

async function readStore(): Promise<Row> {
  const [found] = await readPublic(
    (sql) => sql<{ store: Row }[]>`
    select json_build_object(
      'name', s.store_name, 'tagline', s.tagline, 'homeStatement', s.home_statement, 'homeText', s.home_text, 'email', s.store_email, 'currency', s.currency, 'country', s.country,
      'locale', s.locale, 'timeZone', s.time_zone, 'pricesIncludeTax', s.prices_include_tax, 'returnWindowDays', s.return_window_days,
      'cashOnDelivery', s.cash_on_delivery, 'maxLineQuantity', s.max_line_quantity, 'seller', json_build_object(
        'name', coalesce(s.legal_name, s.store_name), 'address', s.seller_address, 'taxNumber', s.tax_number), 'bankDetails', s.bank_details,
      'delivery', (
        select json_build_object('amount', r.amount, 'freeOver', r.free_over, 'daysMin', r.days_min, 'daysMax', r.days_max)
        from shipping_zone_places z join shipping_rates r on r.zone_id = z.zone_id
        where z.country = s.country and z.region is null and r.is_active and r.kind = 'flat'
        order by r.amount, r.position limit 1
      )) as store
    from settings s where s.id = 1`,
  );
  return found?.store ?? UNSET;
}

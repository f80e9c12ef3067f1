/** The store's settings as their form shows them. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";

export interface SettingsForm {
  readonly version: number;
  readonly storeName: string;
  readonly tagline: string | null;
  readonly homeStatement: string | null;
  readonly homeText: string | null;
  readonly storeEmail: string;
  readonly currency: string;
  readonly country: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly legalName: string | null;
  readonly sellerAddress: string | null;
  readonly taxNumber: string | null;
  readonly bankDetails: string | null;
  readonly pricesIncludeTax: boolean;
  readonly orderPrefix: string;
  readonly paymentWindowMinutes: number;
  readonly returnWindowDays: number;
  readonly cashOnDelivery: boolean;
  /** Minor units. */
  readonly cashOnDeliveryLimit: number | null;
  readonly lowStockThreshold: number;
  readonly maxLineQuantity: number;
  /** Parts per million. */
  readonly commission: number;
  /** With the first order the currency is settled. */
  readonly hasOrders: boolean;
}

/** The settings row; a shop without one has not been set up. */
export async function getSettingsForm(_admin: Admin): Promise<SettingsForm> {
  const [row] = await sql<SettingsForm[]>`
    select version, store_name as "storeName", tagline, home_statement as "homeStatement", home_text as "homeText", store_email as "storeEmail", currency, country, locale,
      time_zone as "timeZone", legal_name as "legalName", seller_address as "sellerAddress", tax_number as "taxNumber",
      bank_details as "bankDetails",
      prices_include_tax as "pricesIncludeTax", order_prefix as "orderPrefix",
      payment_window_minutes as "paymentWindowMinutes", return_window_days as "returnWindowDays",
      cash_on_delivery as "cashOnDelivery", cash_on_delivery_limit::float8 as "cashOnDeliveryLimit",
      low_stock_threshold as "lowStockThreshold", max_line_quantity as "maxLineQuantity", commission,
      exists (select from orders) as "hasOrders"
    from settings where id = 1`;
  if (!row) throw new Error("the shop has no settings: run the migrations and the seed");
  return row;
}

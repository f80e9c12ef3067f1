/** Taxes in the back office: classes with their rates per place. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";

export interface TaxRateRow {
  readonly id: string;
  readonly version: number;
  readonly country: string;
  /** Null: the whole country. */
  readonly region: string | null;
  readonly name: string;
  /** Parts per million. */
  readonly rate: number;
  readonly appliesToShipping: boolean;
}

export interface TaxClassRow {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly name: string;
  readonly isDefault: boolean;
  /** Products of this class; those without one have the default's. */
  readonly products: number;
  readonly rates: readonly TaxRateRow[];
}

/** The classes that a product may have, the default first. */
export async function listTaxClassChoices(
  _admin: Admin,
): Promise<{ id: string; name: string; isDefault: boolean }[]> {
  const rows = await sql<{ id: string; name: string; isDefault: boolean }[]>`
    select id, name, is_default as "isDefault" from tax_classes order by is_default desc, name`;
  return [...rows];
}

/** All classes, the default first, with their rates by place. */
export async function listTaxClasses(_admin: Admin): Promise<TaxClassRow[]> {
  const rows = await sql<TaxClassRow[]>`
    select k.id, k.version, k.code, k.name, k.is_default as "isDefault",
      (select count(*) from products p where p.tax_class_id = k.id)::int as products,
      coalesce((select json_agg(json_build_object('id', r.id, 'version', r.version, 'country', r.country,
          'region', r.region, 'name', r.name, 'rate', r.rate, 'appliesToShipping', r.applies_to_shipping)
          order by r.country, r.region nulls first)
        from tax_rates r where r.tax_class_id = k.id), '[]'::json) as rates
    from tax_classes k order by k.is_default desc, k.name`;
  return [...rows];
}

/** A line for each subject that comes back: what its service is told of the row that was deleted. */
import { type CacheTag, STORE_TAG } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import type { RestoreSubject } from "@/lib/domain/audit-revert";
import type { DiscountInput } from "@/lib/domain/discounts";
import type { MembershipInput } from "@/lib/domain/memberships";
import type { RateInput, ZoneInput } from "@/lib/domain/shipping-input";
import { newSynonymsInput } from "@/lib/domain/synonyms";
import type { TaxClassInput, TaxRateInput } from "@/lib/domain/tax-input";
import type { Again } from "@/lib/services/again";
import { type CategoryFields, restoreCategory } from "@/lib/services/catalog-tree-again";
import * as discounts from "@/lib/services/discounts";
import { createMembership } from "@/lib/services/memberships";
import { addSynonyms } from "@/lib/services/search";
import * as shipping from "@/lib/services/shipping";
import * as tax from "@/lib/services/tax";
import type { Fields } from "./reversible";

interface Gone {
  readonly id: string;
  readonly fields: Fields;
}

type Restorer = (admin: Admin, gone: Gone) => Promise<readonly CacheTag[]>;

const moment = (value: unknown): Date | null => (value ? new Date(String(value)) : null);

// A form that was opened before the row went must not save over it: hence the next version.
const again = ({ id, fields }: Gone): Again => ({
  id,
  version: Number(fields.version) + 1,
  createdAt: moment(fields.createdAt) ?? new Date(),
});

/** The log keeps no fields that were empty; the services read the rest by their schemas. */
const as = <T>(fields: Fields): T => fields as unknown as T;

/** Rows that went with the one that comes back. */
function rowsOf<T>(value: unknown): T[] {
  const rows = Array.isArray(value) ? (value as Fields[]) : [];
  return rows.map((row) =>
    as<T>({
      ...row,
      version: Number(row.version) + 1,
      createdAt: moment(row.createdAt),
      updatedAt: undefined,
    }),
  );
}

export const restorers: Readonly<Record<RestoreSubject, Restorer>> = {
  async categories(admin, gone) {
    const { parentId = null, name, slug, description, position, isActive } = as<CategoryFields>(gone.fields);
    const fields = { parentId, name, slug, description, position, isActive };
    return (await restoreCategory(admin, fields, again(gone))).tags;
  },
  async discounts(admin, gone) {
    const dates = { startsAt: moment(gone.fields.startsAt), endsAt: moment(gone.fields.endsAt) };
    await discounts.create(admin, { ...as<DiscountInput>(gone.fields), ...dates }, again(gone));
    return [];
  },
  async membership_tiers(admin, gone) {
    await createMembership(admin, as<MembershipInput>(gone.fields), again(gone));
    return [];
  },
  async shipping_zones(admin, gone) {
    const rates = rowsOf<shipping.ShippingRate>(gone.fields.rates);
    await shipping.createZone(admin, as<ZoneInput>(gone.fields), { ...again(gone), rates });
    return [STORE_TAG];
  },
  async shipping_rates(admin, gone) {
    await shipping.createRate(admin, as<RateInput & { zoneId: string }>(gone.fields), again(gone));
    return [STORE_TAG];
  },
  async synonyms(admin, { id, fields }) {
    const terms = Array.isArray(fields.terms) ? fields.terms.join(", ") : "";
    await addSynonyms(admin, newSynonymsInput.parse({ terms }), { id });
    return [];
  },
  async tax_classes(admin, gone) {
    const rates = rowsOf<tax.TaxRate>(gone.fields.rates);
    await tax.createClass(admin, as<TaxClassInput>(gone.fields), { ...again(gone), rates });
    return [];
  },
  async tax_rates(admin, gone) {
    await tax.createRate(admin, as<TaxRateInput>(gone.fields), again(gone));
    return [];
  },
};

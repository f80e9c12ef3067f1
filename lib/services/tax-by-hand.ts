/** Tax classes and rates as an admin's forms tell them: per cent, and places by code. */
import type { Admin } from "@/lib/domain/actors";
import { isShopError, ShopError } from "@/lib/domain/errors";
import { readPercent, type TypedTaxClass, type TypedTaxRate } from "@/lib/domain/tax-form";
import * as tax from "@/lib/services/tax";

/**
 * Makes a class, or changes the one that the form names.
 * @throws ShopError invalid_input naming the form's fields, conflict, not_found
 */
export async function saveClass(admin: Admin, typed: TypedTaxClass): Promise<void> {
  const { classId: id, version = 0, code, name } = typed;
  const input = { code, name, isDefault: Boolean(typed.isDefault) };
  await beside("code", "Another class has this code.", () =>
    id ? tax.updateClass(admin, { ...input, id, version }) : tax.createClass(admin, input),
  );
}

/**
 * Adds a rate to a class, or changes the one that the form names.
 * @throws ShopError invalid_input naming the form's fields, conflict, not_found
 */
export async function saveRate(admin: Admin, typed: TypedTaxRate): Promise<void> {
  const rate = readPercent(typed.rate);
  if (rate === undefined)
    throw new ShopError("invalid_input", { fields: { rate: "Per cent, like 19 or 8.875." } });
  const { rateId: id, version = 0, taxClassId, name, country, region } = typed;
  const input = {
    taxClassId,
    name,
    rate,
    country,
    region,
    appliesToShipping: Boolean(typed.appliesToShipping),
  };
  await beside("country", "This class has a rate for that place already.", () =>
    id ? tax.updateRate(admin, { ...input, id, version }) : tax.createRate(admin, input),
  );
}

async function beside(field: string, message: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isShopError(error, "duplicate")) throw error;
    throw new ShopError("invalid_input", { fields: { [field]: message } });
  }
}

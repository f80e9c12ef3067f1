/** Taking back changes of tax classes and of rates. */
import { eq } from "drizzle-orm";
import { taxClasses, taxRates } from "@/db/schema/tax";
import type { TaxClassInput, TaxRateInput } from "@/lib/domain/tax-input";
import { updateClass, updateRate } from "@/lib/services/tax";
import type { Reversible } from "./reversible";

export const taxClassReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(taxClasses).where(eq(taxClasses.id, id));
    return row && { version: row.version, fields: row };
  },
  async apply(admin, { id, version, fields }) {
    // The service reads it by its schema: what does not fit is refused there.
    await updateClass(admin, { ...(fields as unknown as TaxClassInput), id, version });
    return [];
  },
};

export const taxRateReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(taxRates).where(eq(taxRates.id, id));
    return row && { version: row.version, fields: row };
  },
  async apply(admin, { id, version, fields }) {
    await updateRate(admin, { ...(fields as unknown as TaxRateInput), id, version });
    return [];
  },
};

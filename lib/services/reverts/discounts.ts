/** Taking back a change of a discount, its end included. */
import { eq } from "drizzle-orm";
import { discounts } from "@/db/schema/discounts";
import type { DiscountInput } from "@/lib/domain/discounts";
import { targetsOf, update } from "@/lib/services/discounts";
import type { Reversible } from "./reversible";

const moment = (value: unknown): Date | null => (value ? new Date(String(value)) : null);

export const discountReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(discounts).where(eq(discounts.id, id));
    return row && { version: row.version, fields: { ...row, ...(await targetsOf(tx, id)) } };
  },
  async apply(admin, { id, version, fields }) {
    const dates = { startsAt: moment(fields.startsAt), endsAt: moment(fields.endsAt) };
    // The service reads it by its schema: what does not fit is refused there.
    await update(admin, { ...(fields as unknown as DiscountInput), ...dates, id, version });
    return [];
  },
};

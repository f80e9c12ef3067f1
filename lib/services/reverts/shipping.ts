/** Taking back changes of zones and of their rates. */
import { eq } from "drizzle-orm";
import { shippingRates, shippingZones } from "@/db/schema/shipping";
import { STORE_TAG } from "@/lib/cache-tags";
import type { RateInput, ZoneInput } from "@/lib/domain/shipping-input";
import { placesOf, updateRate, updateZone } from "@/lib/services/shipping";
import type { Reversible } from "./reversible";

export const zoneReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(shippingZones).where(eq(shippingZones.id, id));
    return row && { version: row.version, fields: { ...row, places: await placesOf(tx, id) } };
  },
  async apply(admin, { id, version, fields }) {
    // The service reads it by its schema: what does not fit is refused there.
    await updateZone(admin, { ...(fields as unknown as ZoneInput), id, version });
    return [STORE_TAG];
  },
};

export const rateReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(shippingRates).where(eq(shippingRates.id, id));
    return row && { version: row.version, fields: row };
  },
  async apply(admin, { id, version, fields }) {
    await updateRate(admin, { ...(fields as unknown as RateInput), id, version });
    return [STORE_TAG];
  },
};

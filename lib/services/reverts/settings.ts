/** Taking back a change of the store's settings. */
import { eq } from "drizzle-orm";
import { settings } from "@/db/schema/settings";
import { STORE_TAG } from "@/lib/cache-tags";
import { type SettingsInput, settingsInput } from "@/lib/domain/settings";
import { edit } from "@/lib/services/settings";
import type { Reversible } from "./reversible";

export const settingsReverts: Reversible = {
  async read(tx) {
    const [row] = await tx.select().from(settings).where(eq(settings.id, 1));
    // What another form keeps in this row (whether staff need a second factor) is not this one's to put back.
    return row && { version: row.version, fields: settingsInput.parse(row) };
  },
  async apply(admin, { version, fields }) {
    // The service reads it by its schema: what does not fit is refused there.
    await edit(admin, { ...(fields as unknown as SettingsInput), version });
    return [STORE_TAG];
  },
};

/** The store's settings: an admin changes them as a whole. What was ordered keeps what was true then. */
import { eq, sql } from "drizzle-orm";
import { orders } from "@/db/schema/orders";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import { STORE_TAG } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import { wordsFor } from "@/lib/domain/audit";
import { checked } from "@/lib/domain/checked";
import { ShopError } from "@/lib/domain/errors";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { readRate } from "@/lib/domain/payouts";
import { type SettingsInput, settingsInput, type TypedSettings } from "@/lib/domain/settings";
import { write } from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";

const WORDS = wordsFor(Object.keys(settingsInput.shape));

const invalid = (fields: Record<string, string>) => new ShopError("invalid_input", { fields });

/**
 * Changes the settings.
 * @throws ShopError invalid_input (also for another currency once there are orders), conflict where somebody else
 * changed them since the form was opened
 */
export async function edit(
  admin: Admin,
  { version, ...input }: SettingsInput & { version: number },
): Promise<void> {
  const after = checked(settingsInput, input);
  await withTx(async (tx) => {
    const [before] = await tx.select().from(settings).where(eq(settings.id, 1)).for("update");
    if (!before) throw new Error("the shop has no settings");
    const row = { action: "settings.edit", subject: "settings", subjectId: "1" };
    if (before.version !== version)
      throw await conflictWith(
        tx,
        { ...row, actions: [row.action], what: "page of settings", version: before.version },
        WORDS,
      );
    // Placing reads the settings in its own transaction; an order that slips in keeps the currency that it read.
    if (after.currency !== before.currency && (await tx.$count(orders)) > 0)
      throw invalid({ currency: `There are orders in ${before.currency}: the books keep one currency.` });
    await tx
      .update(settings)
      .set({ ...after, version: sql`${settings.version} + 1` })
      .where(eq(settings.id, 1));
    await write(tx, admin, { ...row, before, after });
    await cache.expire(tx, [STORE_TAG]);
  });
}

/** Changes the settings as a form tells them. @throws ShopError like `edit`, naming the form's fields */
export async function editTyped(admin: Admin, { version, ...typed }: TypedSettings): Promise<void> {
  const limit = typed.cashOnDeliveryLimit ? parseMoney(typed.cashOnDeliveryLimit, typed.currency) : null;
  if (limit === undefined)
    throw invalid({
      cashOnDeliveryLimit: `Please enter an amount like ${toDecimal(50_000, typed.currency)}.`,
    });
  const commission = readRate(typed.commission);
  if (typeof commission !== "number") throw invalid({ commission: "A rate from 0 to 100, like 12.5." });
  await edit(admin, {
    ...typed,
    version,
    commission,
    pricesIncludeTax: typed.pricesIncludeTax === "yes",
    cashOnDelivery: Boolean(typed.cashOnDelivery),
    cashOnDeliveryLimit: limit,
  });
}

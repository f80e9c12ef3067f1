/** An owner's shop as admins keep it: its name, and the account that payouts by transfer go to. */
import { eq } from "drizzle-orm";
import { sqlState } from "@/db/failures";
import { owners } from "@/db/schema/accounts";
import { withTx } from "@/db/tx";
import { type CacheTag, ownerTag } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import type { ShopInput } from "@/lib/domain/shops";
import { write } from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";

/**
 * Saves name and account; the shop's address stays, so that links to it do. Payouts that are on their way go where they
 * were sent. Answers the tags of stale pages.
 * @throws ShopError invalid_input for another shop's account, conflict, not_found
 */
export async function editShop(
  admin: Admin,
  { ownerId, version, name, stripeAccountId }: ShopInput & { ownerId: string; version: number },
): Promise<readonly CacheTag[]> {
  const tags = [ownerTag(ownerId)];
  try {
    await withTx(async (tx) => {
      const [before] = await tx.select().from(owners).where(eq(owners.id, ownerId)).for("no key update");
      if (!before) throw new ShopError("not_found", { what: "owner" });
      if (before.version !== version)
        throw await conflictWith(
          tx,
          {
            ...{ what: "shop", subject: "owners", subjectId: ownerId, version: before.version },
            actions: ["owner.shop"],
          },
          { name: "the name", stripeAccountId: "the account" },
        );
      const after = { name, stripeAccountId };
      await tx
        .update(owners)
        .set({ ...after, version: version + 1 })
        .where(eq(owners.id, ownerId));
      if (name !== before.name) await cache.expire(tx, tags);
      await write(tx, admin, {
        action: "owner.shop",
        subject: "owners",
        subjectId: ownerId,
        before: { name: before.name, stripeAccountId: before.stripeAccountId },
        after,
      });
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    const fields = { stripeAccountId: "Another shop is paid to this account." };
    throw new ShopError("invalid_input", { fields }, { cause: error });
  }
  return tags;
}

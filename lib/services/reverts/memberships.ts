/** Taking back a change of a membership, and which one a customer has. */
import { eq } from "drizzle-orm";
import { membershipTiers, users } from "@/db/schema/accounts";
import { withTx } from "@/db/tx";
import { ShopError } from "@/lib/domain/errors";
import type { MembershipInput } from "@/lib/domain/memberships";
import { giveMembership } from "@/lib/services/accounts-care";
import { updateMembership } from "@/lib/services/memberships";
import type { Reversible } from "./reversible";

export const membershipReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(membershipTiers).where(eq(membershipTiers.id, id));
    return row && { version: row.version, fields: row };
  },
  async apply(admin, { id, version, fields }) {
    await updateMembership(admin, { ...(fields as unknown as MembershipInput), id, version });
    return [];
  },
};

/** By its id. Entries from before it stood in the log name it as people called it then. */
export const memberReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx
      .select({
        version: users.version,
        membershipTierId: users.membershipTierId,
        membership: membershipTiers.name,
      })
      .from(users)
      .leftJoin(membershipTiers, eq(membershipTiers.id, users.membershipTierId))
      .where(eq(users.id, id));
    return row && { version: row.version, fields: row };
  },
  async apply(admin, { id: userId, version, fields, from }) {
    const { membershipTierId, membership } = fields as { membershipTierId?: string; membership?: string };
    const [known, column] =
      "membership" in from ? [membership, membershipTiers.name] : [membershipTierId, membershipTiers.id];
    const [tier] = known
      ? await withTx((tx) => tx.select().from(membershipTiers).where(eq(column, known)))
      : [];
    if (known && !tier)
      throw new ShopError("revert_refused", { reason: "There is no such membership any more." });
    await giveMembership(admin, { userId, version, tierId: tier?.id ?? null });
    return [];
  },
};

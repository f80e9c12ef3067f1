/** Taking back a change of a membership, and which one a customer has. */
import { eq } from "drizzle-orm";
import { membershipTiers, users } from "@/db/schema/accounts";
import { withTx } from "@/db/tx";
import { ShopError } from "@/lib/domain/errors";
import type { MembershipInput } from "@/lib/domain/memberships";
import { editCustomer } from "@/lib/services/accounts-care";
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

/** The log names a membership as people do. The note stays as it is: its words stand in no log. */
export const memberReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx
      .select({ version: users.version, note: users.staffNote, membership: membershipTiers.name })
      .from(users)
      .leftJoin(membershipTiers, eq(membershipTiers.id, users.membershipTierId))
      .where(eq(users.id, id));
    return row && { version: row.version, fields: { note: row.note, membership: row.membership } };
  },
  async apply(admin, { id: userId, version, fields }) {
    const name = typeof fields.membership === "string" ? fields.membership : null;
    const [tier] = name
      ? await withTx((tx) => tx.select().from(membershipTiers).where(eq(membershipTiers.name, name)))
      : [];
    if (name && !tier) throw new ShopError("revert_refused", { reason: `There is no “${name}” any more.` });
    const note = typeof fields.note === "string" ? fields.note : "";
    await editCustomer(admin, { userId, version, note, tierId: tier?.id ?? null });
    return [];
  },
};

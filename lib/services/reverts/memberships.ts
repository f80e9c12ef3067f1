/** Taking back a change of a membership. */
import { eq } from "drizzle-orm";
import { membershipTiers } from "@/db/schema/accounts";
import type { MembershipInput } from "@/lib/domain/memberships";
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

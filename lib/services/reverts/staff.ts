/** Taking back a change of somebody's role, and that they were switched off or on. Who was signed out stays so. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema/accounts";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { putRoleBack, type Role, setActive } from "@/lib/services/staff";
import type { Reversible } from "./reversible";

async function read(tx: Tx, id: string) {
  const [row] = await tx.select().from(users).where(eq(users.id, id));
  return row && { version: row.version, fields: { role: row.role, isActive: row.isActive } };
}

function requireAnother(admin: Admin, userId: string): void {
  if (admin.userId === userId)
    throw new ShopError("revert_refused", {
      reason: "It is your own account: another admin takes that back.",
    });
}

export const roleReverts: Reversible = {
  read,
  async apply(admin, { id: userId, version, fields }) {
    requireAnother(admin, userId);
    await putRoleBack(admin, { userId, version, role: fields.role as Role });
    return [];
  },
};

export const switchReverts: Reversible = {
  read,
  async apply(admin, { id: userId, version, fields }) {
    requireAnother(admin, userId);
    await setActive(admin, { userId, version, isActive: fields.isActive === true });
    return [];
  },
};

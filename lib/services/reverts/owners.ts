/** Taking back an owner's commission, and the name and account of a shop. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { RATE_OF_SHOP } from "@/lib/domain/payouts";
import type { ShopInput } from "@/lib/domain/shops";
import { setCommission } from "@/lib/services/payouts/commission";
import { editShop } from "@/lib/services/payouts/shop";
import type { Reversible } from "./reversible";

const ownerOf = async (tx: Tx, id: string) => (await tx.select().from(owners).where(eq(owners.id, id)))[0];

export const commissionReverts: Reversible = {
  async read(tx, id) {
    const row = await ownerOf(tx, id);
    return row && { version: row.commission ?? RATE_OF_SHOP, fields: { commission: row.commission } };
  },
  async apply(admin, { id: ownerId, version, fields }) {
    const rate = typeof fields.commission === "number" ? fields.commission : null;
    await setCommission(admin, { ownerId, rate, version });
    return [];
  },
};

export const shopReverts: Reversible = {
  async read(tx, id) {
    const row = await ownerOf(tx, id);
    return row && { version: row.version, fields: { name: row.name, stripeAccountId: row.stripeAccountId } };
  },
  apply: (admin, { id: ownerId, version, fields }) =>
    editShop(admin, { ...(fields as unknown as ShopInput), ownerId, version }),
};

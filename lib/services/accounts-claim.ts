/** An account after the purchase, by a password alone: the order tells the name and the address. */
import { and, eq, isNull, notInArray } from "drizzle-orm";
import { db } from "@/db/client";
import { orderAddresses, orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import { aboutPerson } from "@/lib/domain/accounts";
import type { Guest } from "@/lib/domain/actors";
import { isErased } from "@/lib/domain/erased";
import { ShopError } from "@/lib/domain/errors";
import { insertUser, refuseEasy } from "./accounts";
import { welcome } from "./accounts-proof";
import * as limits from "./limits";
import { boughtBy } from "./orders/access";
import { give } from "./orders/attach";
import * as passwords from "./passwords";

const PLACE = { limit: 20, seconds: 3_600 };

/**
 * Opens an account on the address of a guest's order, with this order in it. Other orders of the address come once its
 * mailbox is proved: whoever orders can type anybody's address. An address that has an account is answered alike, in
 * words and in time, and nothing changes. Answers the address to sign in with.
 * @throws ShopError not_found for orders that are not the guest's, not placed for good or called off, `invalid_input` for an easy password, `too_many`
 */
export async function claim(
  guest: Guest,
  { orderId, password }: { orderId: string; password: string },
  ip: string,
): Promise<{ email: string }> {
  await limits.take(`claim:${ip}`, PLACE);
  const [order] = await db
    .select({ email: orders.email, name: orderAddresses.name })
    .from(orders)
    .innerJoin(
      orderAddresses,
      and(
        eq(orderAddresses.orderId, orders.id),
        eq(orderAddresses.kind, "shipping"),
        isNull(orderAddresses.replacedAt),
      ),
    )
    .where(
      and(
        eq(orders.id, orderId),
        isNull(orders.userId),
        notInArray(orders.status, ["pending", "cancelled"]),
        boughtBy(guest),
      ),
    );
  if (!order || isErased(order.email)) throw new ShopError("not_found", { what: "order" });
  const { email, name } = order;
  refuseEasy("password", password, aboutPerson({ name, email }));
  const passwordHash = await passwords.hash(password);
  await withTx(async (tx) => {
    const userId = await insertUser(tx, { name, email, passwordHash, role: "customer" });
    if (userId) await give(tx, orderId, userId);
    await welcome(tx, userId);
  });
  return { email };
}

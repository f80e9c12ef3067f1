/** Orders of the former shop and the people in them: nothing is ever changed, but a person can be erased. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { now } from "@/db/schema/columns";
import { formerOrders } from "@/db/schema/former-orders";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import * as audit from "./audit";

/** Takes the person out of all orders of an address; sums, goods, country and region stay. Doing it twice changes nothing. */
export async function eraseFormerOrders(tx: Tx, email: string): Promise<void> {
  await tx
    .update(formerOrders)
    .set({
      email: null,
      note: null,
      tags: [],
      discountCode: null,
      address: sql`CASE WHEN ${formerOrders.address} IS NULL THEN NULL ELSE jsonb_strip_nulls(jsonb_build_object(
        'country', ${formerOrders.address} -> 'country', 'region', ${formerOrders.address} -> 'region')) END`,
      erasedAt: now as unknown as Date,
    })
    .where(eq(formerOrders.email, email.toLowerCase()));
}

/**
 * Erases somebody who is known from the former shop alone, for an admin; `typed` is their address, typed out.
 * @throws ShopError not_found, `invalid_input` for a wrong address, `in_use` where the address has an account or bought here: it is erased
 * on that customer's own page
 */
export async function eraseFormerCustomer(
  admin: Admin,
  { orderId, typed }: { orderId: string; typed: string },
): Promise<void> {
  await withTx(async (tx) => {
    const email = await addressOf(tx, orderId, typed);
    const [here] = await tx.execute(sql`
      SELECT FROM users WHERE lower(email) = ${email} AND role = 'customer' AND erased_at IS NULL
      UNION ALL SELECT FROM orders WHERE user_id IS NULL AND lower(email) = ${email} LIMIT 1`);
    if (here) throw new ShopError("in_use", { what: "customer", by: "the customer's page of this shop" });
    await eraseFormerOrders(tx, email);
    await noted(tx, admin, orderId, "customer.erase", { isErased: true });
  });
}

/**
 * Writes down that an admin takes out what is kept of an address in the former shop's orders. Answers the address.
 * @throws ShopError as `eraseFormerCustomer`
 */
export async function noteFormerExport(
  admin: Admin,
  { orderId, typed }: { orderId: string; typed: string },
): Promise<{ email: string }> {
  return withTx(async (tx) => {
    const email = await addressOf(tx, orderId, typed);
    await noted(tx, admin, orderId, "customer.export", { isExported: true });
    return { email };
  });
}

async function addressOf(tx: Tx, orderId: string, typed: string): Promise<string> {
  const [order] = await tx
    .select({ email: formerOrders.email })
    .from(formerOrders)
    .where(and(eq(formerOrders.id, orderId), sql`${formerOrders.email} IS NOT NULL`));
  if (!order?.email) throw new ShopError("not_found", { what: "customer" });
  if (typed.trim().toLowerCase() === order.email) return order.email;
  throw new ShopError("invalid_input", { fields: { typed: "That is not the address of this customer." } });
}

const noted = (tx: Tx, admin: Admin, subjectId: string, action: string, after: Record<string, boolean>) =>
  audit.write(tx, admin, { action, subject: "former_orders", subjectId, before: {}, after });

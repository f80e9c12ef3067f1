/** Addresses that customers keep: add, change, remove, and which one is proposed first. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { users } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { withTx } from "@/db/tx";
import type { User } from "@/lib/domain/actors";
import type { Address } from "@/lib/domain/addresses";
import { ShopError } from "@/lib/domain/errors";

/** Nobody keeps more; a limit so that nobody fills the table either. */
const MOST = 50;

/** What an address is proposed for first. */
export interface Defaults {
  isDefaultShipping: boolean;
  isDefaultBilling: boolean;
}

/** Adds an address; the first one is the default for everything. Answers its id. */
export function add(user: User, address: Address, wanted: Defaults): Promise<string> {
  return withTx(async (tx) => {
    // Adding at the same moment twice must not make two defaults.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, user.userId)).for("update");
    const kept = await tx.$count(addresses, eq(addresses.userId, user.userId));
    if (kept >= MOST) throw new ShopError("quantity_limit", { max: MOST });
    const defaults = kept === 0 ? { isDefaultShipping: true, isDefaultBilling: true } : wanted;
    await clear(tx, user, defaults);
    const id = newId();
    await tx.insert(addresses).values({ id, userId: user.userId, ...columns(address), ...defaults });
    return id;
  });
}

/**
 * Changes an address. A default stays one until another takes its place.
 * @throws ShopError `not_found`, also for somebody else's.
 */
export function change(user: User, id: string, address: Address, wanted: Defaults): Promise<void> {
  return withTx(async (tx) => {
    await clear(tx, user, wanted);
    const changed = await tx
      .update(addresses)
      .set({
        ...columns(address),
        isDefaultShipping: sql`${addresses.isDefaultShipping} or ${wanted.isDefaultShipping}`,
        isDefaultBilling: sql`${addresses.isDefaultBilling} or ${wanted.isDefaultBilling}`,
      })
      .where(own(user, id))
      .returning({ id: addresses.id });
    if (changed.length === 0) throw missing();
  });
}

/** Makes an address the first choice for shipping, billing or both. @throws ShopError `not_found`. */
export function setDefault(user: User, id: string, wanted: Defaults): Promise<void> {
  return withTx(async (tx) => {
    await clear(tx, user, wanted);
    const changed = await tx
      .update(addresses)
      .set({
        ...(wanted.isDefaultShipping && { isDefaultShipping: true }),
        ...(wanted.isDefaultBilling && { isDefaultBilling: true }),
      })
      .where(own(user, id))
      .returning({ id: addresses.id });
    if (changed.length === 0) throw missing();
  });
}

/** Removes an address; the newest that is left takes over what it was the default for. @throws ShopError `not_found`. */
export function remove(user: User, id: string): Promise<void> {
  return withTx(async (tx) => {
    const [gone] = await tx.delete(addresses).where(own(user, id)).returning();
    if (!gone) throw missing();
    await tx.execute(sql`
      update addresses set is_default_shipping = is_default_shipping or ${gone.isDefaultShipping},
        is_default_billing = is_default_billing or ${gone.isDefaultBilling}, updated_at = shop_now()
      where id = (select id from addresses where user_id = ${user.userId} order by updated_at desc, id desc limit 1)`);
  });
}

const own = (user: User, id: string) => and(eq(addresses.id, id), eq(addresses.userId, user.userId));
const missing = () => new ShopError("not_found", { what: "address" });

// Two unique indexes allow one default each: the old one steps back before the new one takes its place.
async function clear(tx: Tx, user: User, { isDefaultShipping, isDefaultBilling }: Defaults): Promise<void> {
  if (!isDefaultShipping && !isDefaultBilling) return;
  await tx
    .update(addresses)
    .set({
      ...(isDefaultShipping && { isDefaultShipping: false }),
      ...(isDefaultBilling && { isDefaultBilling: false }),
    })
    .where(eq(addresses.userId, user.userId));
}

// A part that was emptied must be emptied in the row too; undefined would leave it.
function columns({ company, line2, region, postalCode, phone, ...rest }: Address) {
  return {
    ...rest,
    company: company ?? null,
    line2: line2 ?? null,
    region: region ?? null,
    postalCode: postalCode ?? null,
    phone: phone ?? null,
  };
}

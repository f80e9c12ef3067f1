/** Uses of discounts by an order: counted within their limits, and written down. */
import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { discountRedemptions, discounts } from "@/db/schema/discounts";
import { ShopError } from "@/lib/domain/errors";
import type { Quote } from "@/lib/domain/quote";

interface Customer {
  readonly email: string;
  readonly userId: string | null;
}

/** Counts the uses. The conditional UPDATE locks the discount's row, so that a limit is used exactly. */
export async function countUses(tx: Tx, quote: Quote, buyer: Customer): Promise<void> {
  for (const { id, title } of [...quote.discounts].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const [taken] = await tx
      .update(discounts)
      .set({ used: sql`${discounts.used} + 1` })
      .where(
        and(
          eq(discounts.id, id),
          or(isNull(discounts.totalLimit), sql`${discounts.used} < ${discounts.totalLimit}`),
        ),
      )
      .returning({ perCustomerLimit: discounts.perCustomerLimit });
    if (!taken) throw new ShopError("discount_refused", { reason: `“${title}” has just been used up.` });
    if (taken.perCustomerLimit !== null && (await usesBy(tx, id, buyer)) >= taken.perCustomerLimit) {
      throw new ShopError("discount_refused", { reason: `You have used “${title}” already.` });
    }
  }
}

/** The statements that write who used what; they follow the order in one go. */
export function redemptionStatements(tx: Tx, { discounts: used }: Quote, orderId: string, buyer: Customer) {
  if (used.length === 0) return [];
  const rows = used.map(({ id, amount }) => ({
    id: newId(),
    discountId: id,
    orderId,
    amount,
    ...buyer,
  }));
  return [() => tx.insert(discountRedemptions).values(rows)];
}

async function usesBy(tx: Tx, discountId: string, { email, userId }: Customer): Promise<number> {
  const [row] = await tx
    .select({ uses: sql<number>`count(*)`.mapWith(Number) })
    .from(discountRedemptions)
    .where(
      and(
        eq(discountRedemptions.discountId, discountId),
        isNull(discountRedemptions.givenBackAt),
        or(
          sql`mailbox_of(${discountRedemptions.email}) = mailbox_of(${email})`,
          userId ? eq(discountRedemptions.userId, userId) : undefined,
        ),
      ),
    );
  return row?.uses ?? 0;
}

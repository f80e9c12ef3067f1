/** The goods are back: what is fit to sell goes to the shelf, the rest is written off. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { returnLines } from "@/db/schema/returns";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { write } from "@/lib/services/audit";
import { takeIn } from "@/lib/services/inventory/returned";
import { lockReturn, moveReturn, soldBy } from "./move";

export interface ReceivedLine {
  readonly orderLineId: string;
  /** Items; together no more than the line of the return. */
  readonly restock: number;
  readonly writeOff: number;
}

/**
 * Takes in an approved return; what is not named did not come.
 * @throws ShopError not_found, invalid_input, illegal_transition, return_refused for pieces that are back already
 */
export async function receive(
  staff: Staff,
  { returnId, lines }: { returnId: string; lines: readonly ReceivedLine[] },
): Promise<void> {
  checkForm(lines);
  await withTx(async (tx) => {
    const { order, found } = await lockReturn(tx, staff, returnId, soldBy(staff));
    // First the status: receiving twice must not be told that the pieces are back already.
    await moveReturn(tx, staff, found, "receive", {
      data: {
        lines: lines.map(({ orderLineId, restock, writeOff }) => ({
          orderLineId,
          quantity: restock + writeOff,
          restock,
        })),
      },
    });
    const pieces = [];
    for (const line of lines) {
      const variantId = await countBack(tx, returnId, line);
      pieces.push({ variantId, restock: line.restock, writeOff: line.writeOff });
    }
    await write(tx, staff, {
      action: "return.receive",
      subject: "returns",
      subjectId: returnId,
      before: { status: found.status },
      after: { status: "received", lines },
    });
    await takeIn(tx, staff, order.id, pieces);
  });
}

function checkForm(lines: readonly ReceivedLine[]): void {
  const isCount = (items: number) => Number.isInteger(items) && items >= 0;
  const isSound =
    lines.every(({ restock, writeOff }) => isCount(restock) && isCount(writeOff)) &&
    lines.some(({ restock, writeOff }) => restock + writeOff > 0) &&
    new Set(lines.map((line) => line.orderLineId)).size === lines.length;
  if (!isSound) throw new ShopError("invalid_input", { fields: { lines: "Say what came back." } });
}

/** Counts pieces onto the return and the order's line; the conditions refuse more than was to come. */
async function countBack(
  tx: Tx,
  returnId: string,
  { orderLineId, restock, writeOff }: ReceivedLine,
): Promise<string> {
  const [asked] = await tx
    .update(returnLines)
    .set({ restockedQuantity: restock, writtenOffQuantity: writeOff })
    .where(
      and(
        eq(returnLines.returnId, returnId),
        eq(returnLines.orderLineId, orderLineId),
        sql`${returnLines.quantity} >= ${restock + writeOff}`,
      ),
    )
    .returning({ id: returnLines.id });
  if (!asked) throw new ShopError("invalid_input", { fields: { lines: "More than this return holds." } });
  const [line] = await tx
    .update(orderLines)
    .set({ returnedQuantity: sql`${orderLines.returnedQuantity} + ${restock + writeOff}` })
    .where(
      and(
        eq(orderLines.id, orderLineId),
        sql`${orderLines.returnedQuantity} + ${restock + writeOff} <= ${orderLines.shippedQuantity}`,
      ),
    )
    .returning({ variantId: orderLines.variantId });
  if (!line) throw new ShopError("return_refused", { reason: "too_many" });
  return line.variantId;
}

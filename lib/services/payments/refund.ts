/** Refunds: the sum is reserved and booked before anybody is asked to pay it; `refund-settle` takes over the answer. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { payments, refunds } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { Actor, Admin, Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { formatMoney } from "@/lib/domain/money";
import { cardStep } from "@/lib/domain/payments";
import {
  inSteps,
  leftInAll,
  planAmount,
  planLess,
  planRefund,
  planRest,
  type RefundableOrder,
  type RefundPlan,
  type RefundWish,
} from "@/lib/domain/refunds";
import { enqueue } from "@/lib/queue";
import * as audit from "@/lib/services/audit";
import { once, type RequestKey } from "@/lib/services/once";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { refuseIfMoved, type Seen } from "@/lib/services/orders/seen";
import { record } from "@/lib/services/orders/transition";
import {
  disputedOf,
  lockSale,
  lostOf,
  NOT_COLLECTED,
  type Payment,
  paidForSale,
  readRefundable,
  refuseIfLess,
} from "./refund-left";
import { restock } from "./refund-restock";
import { settleLocked } from "./refund-settle";
import { reserveSum, writeRefund, writeStray } from "./refund-write";

declare module "@/lib/queue" {
  interface Jobs {
    "payments.refund": { refundId: string };
  }
}

export interface WantedRefund extends Omit<RefundWish, "lines"> {
  /** `restock` puts pieces back on the shelf unless they are there already (see `refund-restock`). */
  readonly lines: readonly {
    readonly orderLineId: string;
    readonly quantity: number;
    readonly restock: boolean;
  }[];
  readonly reason: string;
  /** Why it exists by itself; left out where a person asked. */
  readonly automatic?: string | null | undefined;
  /** Gives back only what lost disputes leave, nothing where they leave nothing: goods first, then shipping. */
  readonly lessLost?: boolean;
}

/**
 * Asks for a refund of a locked order: reserves the sum, books it, restocks where told, and lets a job ask the gateway.
 * `refundId` is null where there is nothing to give back: nothing was paid yet, or the pieces cost nothing.
 * @throws ShopError invalid_input naming the field and what is left
 */
export async function requestRefund(
  tx: Tx,
  actor: Actor,
  order: Order,
  what: WantedRefund,
): Promise<{ refundId: string | null; amount: number }> {
  const back = what.lines.filter((line) => line.restock);
  const payment = await lockSale(tx, order.id);
  const books = payment && (await readRefundable(tx, order, payment.id));
  const plan = payment && books && (await planFor(tx, payment, books, what));
  if (!payment || !plan || plan.amount === 0) {
    await restock(tx, actor, order, back, what.reason);
    return { refundId: null, amount: 0 };
  }
  const refundId = newId();
  await reserveSum(tx, payment, plan.amount, order.currency);
  // Before the ledger: owners' balances are locked last.
  const followed = await restock(tx, actor, order, back, what.reason);
  const { reason, automatic = null } = what;
  await writeRefund(tx, actor, order, { id: refundId, paymentId: payment.id, reason, automatic, plan, back });
  await ask(tx, actor, order, payment, { refundId, amount: plan.amount, reason, automatic });
  // The last goods went back on the shelf and ended the order: what is left of its money goes back too.
  if (followed.status === "cancelled" && order.status !== "cancelled")
    await refundAll(tx, actor, followed, payment, { reason });
  return { refundId, amount: plan.amount };
}

/** What a wish pays of a payment: less what the bank took where told so, and a sum that its gateway can pay. */
async function planFor(
  tx: Tx,
  payment: Payment,
  books: RefundableOrder,
  what: WantedRefund,
): Promise<RefundPlan> {
  const whole = planRefund(books, what);
  const most = what.lessLost
    ? payment.amount - payment.refunded - (await lostOf(tx, payment.id))
    : whole.amount;
  const plan = most < whole.amount ? planLess(books, whole, most) : whole;
  const step = payment.provider === "manual" ? 1 : (cardStep(books.currency) ?? 1);
  if (what.amount !== undefined && plan.amount % step !== 0)
    throw new ShopError("invalid_input", {
      fields: { amount: `Cards are paid back in steps of ${formatMoney(step, books.currency)}.` },
    });
  return inSteps(books, plan, step);
}

/**
 * Gives back all that is left of a payment of a locked order, nothing where nothing is. Of a sale every line and the
 * shipping go back on the books, less what a dispute holds. `automatic` names the reason where money never was a sale
 * ("late_success", "paid_twice"): it is owed as a whole, and the books saw no sale.
 */
export async function refundAll(
  tx: Tx,
  actor: Actor,
  order: Order,
  { id: paymentId }: Payment,
  { reason, automatic = null }: { reason: string; automatic?: string | null },
): Promise<void> {
  const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for("update");
  if (!payment) return;
  const left = payment.amount - payment.refunded - (await disputedOf(tx, paymentId));
  if (left <= 0) return;
  const refundId = newId();
  if (await paidForSale(tx, paymentId)) {
    const books = await readRefundable(tx, order, paymentId);
    const plan = left >= leftInAll(books) ? planRest(books) : planAmount(books, left);
    await reserveSum(tx, payment, plan.amount, order.currency);
    await writeRefund(tx, actor, order, { id: refundId, paymentId, plan, reason, automatic });
    await ask(tx, actor, order, payment, { refundId, amount: plan.amount, reason, automatic });
    return;
  }
  await reserveSum(tx, payment, left, order.currency);
  await writeStray(tx, actor, order, {
    id: refundId,
    paymentId,
    amount: left,
    reason,
    automatic: automatic ?? "paid_twice",
  });
  await ask(tx, actor, order, payment, { refundId, amount: left, reason, automatic });
}

export interface StaffRefund {
  readonly orderId: string;
  readonly key?: RequestKey;
  readonly lines?: readonly {
    readonly orderLineId: string;
    readonly quantity: number;
    readonly restock?: boolean;
  }[];
  /** Tax included. */
  readonly shipping?: number | "all";
  readonly amount?: number;
  /** For the shopper to read. */
  readonly reason: string;
  /** The state of the order, and what was left of its payment, that the form was filled in on. */
  readonly seen?: Seen;
  readonly left?: number | undefined;
}

/**
 * An admin refunds: pieces of lines, shipping, or an amount. Owners refund through returns only.
 * @throws ShopError forbidden for owners, not_found, invalid_input naming the field and what is left
 */
export async function refund(
  staff: Staff,
  { orderId, key, lines = [], shipping = 0, amount, reason, seen, left }: StaffRefund,
): Promise<{ refundId: string; amount: number }> {
  const admin = adminOnly(staff);
  return withTx((tx) =>
    once(tx, admin, `refund:${orderId}`, key, async () => {
      const order = await lockOrder(tx, admin, orderId);
      await refuseIfMoved(tx, admin, orderId, seen);
      await refuseIfLess(tx, order, left, seen);
      const why = reason.trim();
      if (!why) throw new ShopError("invalid_input", { fields: { reason: "Tell the shopper why." } });
      const pieces = lines.map(({ restock: isBack = false, ...line }) => ({ ...line, restock: isBack }));
      const asked = await requestRefund(tx, admin, order, { lines: pieces, shipping, amount, reason: why });
      const { refundId } = asked;
      if (!refundId)
        throw new ShopError("invalid_input", { fields: { amount: "There is nothing to give back." } });
      const after = { refund: refundId, amount: asked.amount, reason: why };
      await audit.write(tx, admin, {
        action: "order.refund",
        subject: "orders",
        subjectId: orderId,
        before: {},
        after,
      });
      return { refundId, amount: asked.amount };
    }),
  );
}

/**
 * Cash goes back by hand: an admin records that it did, or that it could not.
 * @throws ShopError forbidden for owners, not_found unless it waits, illegal_transition for what the gateway pays back
 */
export async function recordPaidBack(
  staff: Staff,
  { refundId, isDone = true }: { readonly refundId: string; readonly isDone?: boolean },
): Promise<void> {
  const admin = adminOnly(staff);
  await withTx(async (tx) => {
    const { refund: waiting, order } = await lockRefund(tx, admin, refundId, "reserved");
    const [payment] = await tx.select().from(payments).where(eq(payments.id, waiting.paymentId));
    if (payment?.provider !== "manual")
      throw new ShopError("illegal_transition", { machine: "refund", from: "reserved", to: "succeeded" });
    const status = isDone ? ("succeeded" as const) : ("failed" as const);
    await settleLocked(tx, admin, order, refundId, { status, failureReason: "by_hand", id: null });
    await audit.write(tx, admin, {
      action: "refund.by_hand",
      subject: "refunds",
      subjectId: refundId,
      before: { status: waiting.status },
      after: { status },
    });
  });
}

/** @throws ShopError forbidden for owners */
export function adminOnly(staff: Staff): Admin {
  if (staff.kind !== "admin") throw new ShopError("forbidden", {});
  return staff;
}

/** Locks a refund that stands so, and its order. @throws ShopError not_found */
export async function lockRefund(tx: Tx, admin: Admin, refundId: string, status: "failed" | "reserved") {
  const [found] = await tx.select({ orderId: refunds.orderId }).from(refunds).where(eq(refunds.id, refundId));
  if (!found) throw new ShopError("not_found", { what: "refund" });
  const order = await lockOrder(tx, admin, found.orderId);
  const [row] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
  if (row?.status !== status) throw new ShopError("not_found", { what: "refund" });
  return { refund: row, order };
}

/** Tells the timeline, and the job to ask the gateway. Cash is paid back by hand and recorded then. */
export async function ask(
  tx: Tx,
  actor: Actor,
  order: Order,
  payment: Payment,
  {
    automatic,
    reason,
    ...data
  }: { refundId: string; amount: number; reason: string; automatic: string | null; again?: string },
): Promise<void> {
  const kind = automatic === NOT_COLLECTED ? NOT_COLLECTED : "refund_requested";
  await record(tx, actor, {
    orderId: order.id,
    kind,
    reason,
    data,
  });
  if (payment.provider === "manual") return;
  await enqueue(
    tx,
    "payments.refund",
    { refundId: data.refundId },
    { key: `payments.refund:${data.refundId}` },
  );
}

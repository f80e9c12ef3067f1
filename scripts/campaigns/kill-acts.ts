/** What the process that is killed does: one service call each, or a short chain of them, told by ids alone. */
import type { Admin, Guest, Owner } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { mint } from "@/lib/domain/mint";
import { constructEvent } from "@/lib/gateway/stripe";
import { runJobsOnce } from "@/lib/jobs/worker";
import { place } from "@/lib/services/checkout/place";
import { complete } from "@/lib/services/orders/complete";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { receive as hear } from "@/lib/services/payments/receive";
import { refund } from "@/lib/services/payments/refund";
import { sendRefund } from "@/lib/services/payments/refund-settle";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { sync } from "@/lib/services/payments/sync";
import { createPayout } from "@/lib/services/payouts/create";
import { transferPayout } from "@/lib/services/payouts/transfer";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { systemActor } from "@/lib/system";

import { type Load, shopping } from "./kill-load";

export interface ActInput {
  readonly tokenHash: string;
  readonly adminId: string;
  readonly orderId: string;
  readonly checkoutId: string;
  readonly orderLineId: string;
  readonly ownerId: string;
  readonly ownerUserId: string;
  /** Minor units: the total for `place`, the sum for `refund`. */
  readonly amount: number;
  readonly body: string;
  readonly signature: string;
  readonly load: Load;
}

type Of = Pick<ActInput, "tokenHash" | "adminId" | "orderId" | "orderLineId" | "ownerId" | "ownerUserId">;

const shopper = ({ tokenHash }: Pick<ActInput, "tokenHash">) =>
  mint<Guest>({ kind: "guest", tokenHash, orderId: null });
const system = () => systemActor("campaign");
const adminOf = ({ adminId }: Pick<ActInput, "adminId">) =>
  mint<Admin>({ kind: "admin", userId: adminId, orderId: null });
const ownerOf = ({ ownerId, ownerUserId }: Of) =>
  mint<Owner>({ kind: "owner", userId: ownerUserId, ownerId, orderId: null });

/** Goods come back: asked for, approved, taken in and paid for. Begun again it goes on where it was. */
export async function comeBack(told: Of): Promise<void> {
  const { orderId, orderLineId } = told;
  const lines = [{ orderLineId, quantity: 1, reason: "damaged" as const }];
  const [asked] = await requestReturn(shopper(told), { orderId, lines, key: `kill:${orderId}` });
  const returnId = asked?.returnId ?? "";
  await unlessDone(approve(ownerOf(told), { returnId }));
  await unlessDone(receive(ownerOf(told), { returnId, lines: [{ orderLineId, restock: 1, writeOff: 0 }] }));
  await refundReturn(ownerOf(told), { returnId, key: `kill:${orderId}` });
}

/** An order's owner is paid: it completes, and what was earned is sent. */
export async function payOut(told: Of): Promise<void> {
  const { orderId, ownerId } = told;
  await complete(system(), orderId);
  const { payoutId } = await createPayout(adminOf(told), { ownerId, key: `kill:${orderId}` });
  await transferPayout(system(), payoutId);
}

async function unlessDone(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isShopError(error, "illegal_transition")) throw error;
  });
}

export const acts = {
  place: (told: ActInput) =>
    place(shopper(told), { method: "card", expectedTotal: told.amount, checkoutId: told.checkoutId }),
  open: (told: ActInput) => open(shopper(told), told.orderId),
  receive: async ({ body, signature }: ActInput) => {
    const event = constructEvent(body, signature);
    if (!event) throw new Error("the signature is not right");
    return hear(system(), event);
  },
  sync: ({ orderId }: ActInput) => sync(system(), orderId),
  cancel: (told: ActInput) => cancelOrder(shopper(told), told.orderId),
  expire: ({ orderId }: ActInput) => expire(system(), orderId),
  refund: async (told: ActInput) => {
    const { orderId, amount } = told;
    const asked = await refund(adminOf(told), { orderId, amount, reason: "Broken", key: `kill:${orderId}` });
    await sendRefund(system(), asked.refundId);
    return asked;
  },
  refundPieces: async (told: ActInput) => {
    const { orderId, orderLineId } = told;
    const lines = [{ orderLineId, quantity: 1, restock: true }];
    const asked = await refund(adminOf(told), { orderId, lines, reason: "Broken", key: `kill:${orderId}` });
    await sendRefund(system(), asked.refundId);
  },
  comeBack,
  payOut,
  shopping,
  jobs: () => runJobsOnce(process.env.DATABASE_URL ?? ""),
} as const;

export type Act = keyof typeof acts;

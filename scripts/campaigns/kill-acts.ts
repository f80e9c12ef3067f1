/** What the process that is killed does: one service call each, told by ids alone. */

import type { Admin, Guest } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { constructEvent } from "@/lib/gateway/stripe";
import { runJobsOnce } from "@/lib/jobs/worker";
import { place } from "@/lib/services/checkout/place";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { receive } from "@/lib/services/payments/receive";
import { refund } from "@/lib/services/payments/refund";
import { sendRefund } from "@/lib/services/payments/refund-settle";
import { sync } from "@/lib/services/payments/sync";
import { systemActor } from "@/lib/system";

export interface ActInput {
  readonly tokenHash: string;
  readonly adminId: string;
  readonly orderId: string;
  readonly checkoutId: string;
  /** Minor units: the total for `place`, the sum for `refund`. */
  readonly amount: number;
  readonly body: string;
  readonly signature: string;
}

const shopper = ({ tokenHash }: ActInput) => mint<Guest>({ kind: "guest", tokenHash, orderId: null });
const system = () => systemActor("campaign");

export const acts = {
  place: (told: ActInput) =>
    place(shopper(told), { method: "card", expectedTotal: told.amount, checkoutId: told.checkoutId }),
  open: (told: ActInput) => open(shopper(told), told.orderId),
  receive: async ({ body, signature }: ActInput) => {
    const event = constructEvent(body, signature);
    if (!event) throw new Error("the signature is not right");
    return receive(system(), event);
  },
  sync: ({ orderId }: ActInput) => sync(system(), orderId),
  cancel: (told: ActInput) => cancelOrder(shopper(told), told.orderId),
  expire: ({ orderId }: ActInput) => expire(system(), orderId),
  refund: async ({ adminId, orderId, amount }: ActInput) => {
    const admin = mint<Admin>({ kind: "admin", userId: adminId, orderId: null });
    const asked = await refund(admin, { orderId, amount, reason: "Broken", key: `kill:${orderId}` });
    await sendRefund(system(), asked.refundId);
    return asked;
  },
  jobs: () => runJobsOnce(process.env.DATABASE_URL ?? ""),
} as const;

export type Act = keyof typeof acts;

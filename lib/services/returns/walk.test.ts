import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { returnLines, returns } from "@/db/schema/returns";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import type { Actor } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/machine";
import { type ReturnVerb, returnMachine } from "@/lib/domain/returns";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { approve, expireReturn, reject, withdraw } from "./decide";
import { receive } from "./receive";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

it("walks every status × verb × actor: what the table allows happens, all else is refused and changes nothing", async () => {
  const buyer = guest();
  const variantId = await shelf(world, 20, 5_000);
  const { orderId, lines } = await deliveredOrder(gateway, world.admin, buyer, [{ variantId, quantity: 20 }]);
  const orderLineId = lines[0]?.id ?? "";

  /** A return in a state, however it came there. */
  const standing = async (status: (typeof returnMachine)["states"][number]): Promise<string> => {
    const returnId = newId();
    await db.transaction(async (tx) => {
      await tx.execute(sql`SET LOCAL session_replication_role = replica`);
      await tx.insert(returns).values({
        id: returnId,
        number: `RT-${returnId.slice(-12)}`,
        orderId,
        ownerId: world.id.lineShop,
        status,
        expiresAt: sql`shop_now()` as unknown as Date,
      });
      const came = status === "received" || status === "refunded" ? 1 : 0;
      await tx.insert(returnLines).values({
        id: newId(),
        returnId,
        orderLineId,
        quantity: 1,
        reason: "other",
        restockedQuantity: came,
      });
    });
    return returnId;
  };

  const lines1 = [{ orderLineId, restock: 1, writeOff: 0 }];
  // The casts let an actor through whom the types refuse: the services must refuse too.
  const verbs: Record<ReturnVerb, (actor: Actor, returnId: string) => Promise<unknown>> = {
    approve: (actor, returnId) => approve(actor as never, { returnId }),
    reject: (actor, returnId) => reject(actor as never, { returnId, note: "No" }),
    withdraw: (actor, returnId) => withdraw(actor as never, { returnId }),
    receive: (actor, returnId) => receive(actor as never, { returnId, lines: lines1 }),
    refund: (actor, returnId) => refundReturn(actor as never, { returnId }),
    expire: (actor, returnId) => expireReturn(actor as never, returnId),
  };
  /** Who may reach this return at all: staff verbs by its owner or an admin, `withdraw` by its buyer or an admin. */
  const actors: [name: string, actor: Actor, verbs: readonly ReturnVerb[]][] = [
    ["buyer", buyer, ["withdraw"]],
    ["link", guest(orderId), ["withdraw"]],
    ["stranger", guest(), []],
    ["customer", world.ben, []],
    ["owner", world.line, ["approve", "reject", "receive", "refund"]],
    ["other owner", world.ring, []],
    ["admin", world.admin, ["approve", "reject", "withdraw", "receive", "refund"]],
    ["system", world.system, ["approve", "refund", "expire"]],
  ];
  let allowed = 0;
  for (const status of returnMachine.states) {
    for (const verb of Object.keys(verbs) as ReturnVerb[]) {
      for (const [name, actor, may] of actors) {
        const isRight = may.includes(verb) && can(returnMachine, verb, status, actor.kind);
        const returnId = await standing(status);
        const code = await verbs[verb](actor, returnId).then(
          (answer) => (answer === false ? "left alone" : "done"),
          (error: unknown) => {
            if (!isShopError(error)) throw error;
            return error.code;
          },
        );
        const [row] = await db.select().from(returns).where(eq(returns.id, returnId));
        const where = `${verb} by ${name} from ${status}`;
        expect([where, code === "done", row?.status]).toEqual([
          where,
          isRight,
          isRight ? returnMachine.transitions[verb].to : status,
        ]);
        allowed += isRight ? 1 : 0;
        await db.execute(sql`UPDATE order_lines SET returned_quantity = 0 WHERE id = ${orderLineId}`);
      }
    }
  }
  expect(allowed).toBe(3 + 2 + 3 + 2 + 3 + 1);
}, 120_000);

/** Model-based sequences: random commands on the shop and on a model of it; both must agree after each one. */
import { sql as query } from "drizzle-orm";
import fc from "fast-check";
import { shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { stateOf, stockOf } from "@/db/testing/orders";
import { ownerBalance } from "@/lib/services/ledger/balance";
import type { Campaign, Ground } from "./ground";
import { commandsOf, decideDisputes, prelude } from "./model-commands";
import type { Real } from "./model-real";
import { CODE_OFF, type Model, owed, PRICE } from "./model-state";

const SHELVES = 3;
const STOCK = 6;
const CODE_LIMIT = 3;
const COMMANDS = 30;

export const model: Campaign = {
  name: "model",
  about: `random sequences of ${COMMANDS} commands over cart, stock, order, payment, refund, return, dispute, payout and coupon, against a model`,
  short: 12,
  long: 400,
  run: async (ground) => {
    let steps = 0;
    let runs = 0;
    const commands = commandsOf(SHELVES, async (name, model, real) => {
      steps += 1;
      await agree(name, model, real);
    });
    const property = fc.asyncProperty(
      fc.commands(commands, { maxCommands: COMMANDS, size: "max" }),
      async (sequence) => {
        const real = await open(ground);
        const shelves = Array.from({ length: SHELVES }, () => ({ onHand: STOCK, reserved: 0 }));
        const owedBefore = await ownerBalance(db, ground.world.id.lineShop);
        const begun: Model = { shelves, orders: [], codeLimit: CODE_LIMIT, codeUsed: 0, owedBefore };
        try {
          await prelude(begun, real);
          await fc.asyncModelRun(() => ({ model: begun, real }), sequence);
        } finally {
          await decideDisputes(begun, real);
        }
        runs += 1;
        if (runs % 25 === 0) ground.say(`${runs} sequences, ${steps} commands`);
      },
    );
    // A failure is made small first; the seed and the path in its message replay it.
    const told = await fc.check(property, {
      seed: ground.seed,
      numRuns: ground.trials,
      endOnFailure: ground.trials <= model.short,
    });
    ground.expect(!told.failed, fc.defaultReportMessage(told) ?? "");
    return { sequences: runs, commands: steps };
  },
};

async function open(ground: Ground): Promise<Real> {
  const variants = await Promise.all(
    Array.from({ length: SHELVES }, () => shelf(ground.world, STOCK, PRICE)),
  );
  const code = `M${newId().slice(-10).toUpperCase()}`;
  await db
    .insert(discounts)
    .values({ id: newId(), title: "Model", code, kind: "fixed", value: CODE_OFF, totalLimit: CODE_LIMIT });
  return { ground, variants, code, shoppers: new Map() };
}

async function agree(name: string, model: Model, real: Real): Promise<void> {
  for (const [at, { onHand, reserved }] of model.shelves.entries()) {
    const stock = await stockOf(real.variants[at] ?? "");
    if (stock?.on_hand !== onHand || stock?.reserved !== reserved)
      throw new Error(`after "${name}" shelf ${at} is ${JSON.stringify(stock)}, not ${onHand}/${reserved}`);
  }
  for (const { orderId, status, captured, refunded } of model.orders) {
    const state = await stateOf(orderId);
    if (state?.status !== status || state.captured !== captured || state.refunded !== refunded)
      throw new Error(
        `after "${name}" an order is ${JSON.stringify(state)}, not ${status}/${captured}/${refunded}`,
      );
  }
  const [used] = await db.execute<{ used: number }>(
    query`SELECT used FROM discounts WHERE code = ${real.code}`,
  );
  if (used?.used !== model.codeUsed)
    throw new Error(`after "${name}" the code counts ${used?.used}, not ${model.codeUsed}`);
  const balance = await ownerBalance(db, real.ground.world.id.lineShop);
  if (balance !== owed(model))
    throw new Error(`after "${name}" the owner is owed ${balance}, not ${owed(model)}`);
}

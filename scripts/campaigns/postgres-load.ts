/** A shop under load in a process of its own: it places and is paid, while its database is killed. */
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { databaseFailureOf } from "@/db/failures";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway } from "@/db/testing/gateway";
import { isShopError } from "@/lib/domain/errors";
import { readiness } from "@/lib/health";
import { unlockLeftovers } from "@/lib/jobs/leftovers";
import { compareWithGateway } from "./compare";
import { quiet } from "./ground";

/** What it says, a JSON object a line. */
export type Said =
  | { kind: "running"; sandboxUrl: string }
  /** `placed` is acknowledged to a shopper; `number` may never be lost. */
  | { kind: "placed"; number: string }
  | { kind: "told"; failure: string }
  /** Something that no person could have been told. */
  | { kind: "untyped"; error: string }
  | { kind: "ready"; is: boolean }
  | { kind: "end"; wrong: string[] };

const say = (line: Said) => process.stdout.write(`${JSON.stringify(line)}\n`);
const SHOPPERS = 6;
let isOver = false;

process.on("uncaughtException", (error) => say({ kind: "untyped", error: `uncaught: ${error.stack}` }));
process.on("unhandledRejection", (error) =>
  say({ kind: "untyped", error: `unhandled: ${error instanceof Error ? error.stack : error}` }),
);

// One of its own: the campaign's goes on listening.
process.env.SANDBOX_URL = "";
const gateway = await startGateway();
const world = await cast();
const variants = await Promise.all([1, 2, 3].map(() => shelf(world, 1_000_000)));
say({ kind: "running", sandboxUrl: process.env.SANDBOX_URL ?? "" });
void watchReadiness();
const shoppers = Array.from({ length: SHOPPERS }, (_, i) => shop(variants[i % variants.length] ?? ""));

for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "end") continue;
  isOver = true;
  await Promise.all(shoppers);
  await unlockLeftovers(0);
  await quiet({ gateway });
  say({ kind: "end", wrong: [...(await wrongInTheBooks()), ...(await compareWithGateway())] });
  process.exit(0);
}

async function shop(variantId: string): Promise<void> {
  while (!isOver) {
    try {
      const shopper = guest();
      const { orderId, number } = await order(shopper, [{ variantId, quantity: 1 }]);
      say({ kind: "placed", number });
      await gateway.pay(shopper, orderId);
    } catch (error) {
      const failure = databaseFailureOf(error);
      if (failure) say({ kind: "told", failure: failure.kind });
      else if (isShopError(error)) say({ kind: "told", failure: error.code });
      else say({ kind: "untyped", error: String(error instanceof Error ? error.stack : error) });
      await pause(50);
    }
  }
}

async function watchReadiness(): Promise<void> {
  while (!isOver) {
    say({ kind: "ready", is: (await readiness()) === "ready" });
    await pause(100);
  }
}

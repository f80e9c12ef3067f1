/** The process that the kill campaign kills: it says "ready", is told one act, and dies by SIGKILL at the n-th boundary. */
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { sql } from "@/db/client";
import { type Act, type ActInput, acts } from "./kill-acts";

export interface Order {
  readonly act: Act;
  /** What its act reads of it. */
  readonly told: Partial<ActInput>;
  /** Dies before this boundary is passed; 0 lives on and counts them. */
  readonly killAt: number;
}

const NOTHING: ActInput = {
  tokenHash: "",
  adminId: "",
  orderId: "",
  checkoutId: "",
  orderLineId: "",
  ownerId: "",
  ownerUserId: "",
  amount: 0,
  body: "",
  signature: "",
  load: { variants: [], notes: "" },
};
const OURS = new Set<unknown>([process.stdin, process.stdout, process.stderr]);
let isCounting = false;
let passed = 0;
let killAt = 0;

// A boundary is where a statement or a request leaves the process, and where its answer comes in.
function boundary(socket: unknown): void {
  if (!isCounting || OURS.has(socket)) return;
  passed += 1;
  if (passed === killAt) process.kill(process.pid, "SIGKILL");
}

const { write, push } = Socket.prototype;
Socket.prototype.write = function counted(this: Socket, ...args: unknown[]): boolean {
  boundary(this);
  return Reflect.apply(write, this, args);
} as typeof write;
Socket.prototype.push = function counted(this: Socket, ...args: unknown[]): boolean {
  if (args[0] !== null) boundary(this);
  return Reflect.apply(push, this, args);
} as typeof push;

// Connected before the count begins: opening the pool is no boundary of checkout.
await sql`select 1`;
process.stdout.write("ready\n");

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order;
  killAt = order.killAt;
  passed = 0;
  isCounting = true;
  const outcome = await acts[order.act]({ ...NOTHING, ...order.told }).then(
    () => "done",
    (error: unknown) => `failed: ${error instanceof Error ? error.message : error}`,
  );
  isCounting = false;
  process.stdout.write(`${JSON.stringify({ passed, outcome })}\n`);
}

/** The switches of the sandbox, under /_sandbox: what goes wrong, when, and how often. Secret key only. */
import { bounce, payOut } from "./bank";
import { type Answer, type Call, ok } from "./call";
import { disableAccount } from "./connect";
import type { Deliveries } from "./deliveries";
import { closeDispute, escalateDispute, openDispute } from "./disputes";
import { type FormObject, text } from "./form";
import type { Delivery, Fault } from "./model";
import type { Timetable } from "./timetable";
import { invalid } from "./wire";
import type { World } from "./world";

export type Machinery = { world: World; deliveries: Deliveries; timetable: Timetable };

const number = (form: FormObject, key: string, otherwise: number): number => {
  const value = Number(text(form, key) ?? otherwise);
  if (!Number.isFinite(value) || value < 0) throw invalid("Not a number.", { param: key });
  return value;
};

/**
 * hold · release {order: fifo|reverse|shuffle, seed, copies} (sends one after the other and waits) · duplicate {count} ·
 * lose {count} · delay {ms} · fault {kind: error|limit|slow|timeout|cut, when: before|after, method, path, count, ms} · clear ·
 * advance {seconds} · flush (send all open webhooks now and wait) · resend {event, copies} ·
 * dispute {payment_intent, reason, amount, warning} ·
 * escalate-dispute {dispute} · close-dispute {dispute, status: won|lost} · disable-account {account} ·
 * payout {currency, amount} (to the bank; all there is without an amount) · bounce {payout} · GET deliveries · GET state
 */
export async function control(machinery: Machinery, name: string, form: FormObject): Promise<Answer> {
  const { world, deliveries, timetable } = machinery;
  const change = <T>(fn: () => T): T => world.store.transaction(fn);
  switch (name) {
    case "state":
      return ok({ control: world.control, counts: counts(world) });
    case "deliveries":
      return ok({ data: world.store.all("delivery").filter((row) => matches(row, form)) });
    case "hold":
      return ok(change(() => world.setControl({ held: true })));
    case "duplicate":
      return ok(change(() => world.setControl({ duplicate: number(form, "count", 1) })));
    case "lose":
      return ok(change(() => world.setControl({ lose: number(form, "count", 1) })));
    case "delay":
      return ok(change(() => world.setControl({ delayMs: number(form, "ms", 0) })));
    case "fault":
      return ok(change(() => world.setControl({ faults: [...world.control.faults, readFault(form)] })));
    case "clear":
      return ok(change(() => world.setControl({ lose: 0, duplicate: 0, delayMs: 0, faults: [] })));
    case "release":
      return ok({ data: await release(machinery, form) });
    case "flush":
      await deliveries.flush();
      return ok({ open: world.outbox.size });
    case "resend":
      return ok({ data: await resend(machinery, form) });
    case "advance":
      return ok({ ran: timetable.run(number(form, "seconds", 0) * 1000) });
    case "dispute":
      return ok(change(() => dispute({ world, form, id: "", publishable: false })));
    case "close-dispute": {
      const row = world.need("dispute", text(form, "dispute") ?? "", "dispute");
      return ok(change(() => closeDispute(world, row, text(form, "status") === "won" ? "won" : "lost")));
    }
    case "disable-account":
      return ok(change(() => disableAccount(world, text(form, "account") ?? "")));
    case "escalate-dispute": {
      const row = world.need("dispute", text(form, "dispute") ?? "", "dispute");
      return ok(change(() => escalateDispute(world, row)));
    }
    case "payout": {
      const amount = text(form, "amount");
      const currency = text(form, "currency")?.toLowerCase() ?? "eur";
      return ok(change(() => payOut(world, currency, amount === undefined ? undefined : Number(amount))));
    }
    case "bounce":
      return ok(change(() => bounce(world, text(form, "payout") ?? "")));
    default:
      throw invalid(`The sandbox has no switch "${name}".`);
  }
}

function dispute({ world, form }: Call) {
  const intent = world.need("intent", text(form, "payment_intent") ?? "", "payment_intent");
  const charge = world.need("charge", intent.latest_charge ?? "", "charge");
  return openDispute(world, charge, {
    reason: text(form, "reason") ?? "fraudulent",
    ...(text(form, "amount") === undefined ? {} : { amount: number(form, "amount", 0) }),
    warning: text(form, "warning") === "true",
  });
}

async function release({ world, deliveries }: Machinery, form: FormObject): Promise<Delivery[]> {
  const held = world.store.all("delivery").filter((row) => row.state === "held");
  const ordered = arrange(held, text(form, "order") ?? "fifo", number(form, "seed", 1));
  world.store.transaction(() => world.setControl({ held: false }));
  const sent: Delivery[] = [];
  for (const row of ordered) {
    for (let i = 0; i < number(form, "copies", 1); i += 1) {
      await deliveries.send(world.store.get("delivery", row.id) ?? row);
    }
    sent.push(world.store.get("delivery", row.id) ?? row);
  }
  return sent;
}

/** Sends the copies at the same moment, each as a delivery of its own. */
async function resend({ world, deliveries }: Machinery, form: FormObject): Promise<Delivery[]> {
  const event = world.need("event", text(form, "event") ?? "", "event");
  const rows = world.store.transaction(() =>
    Array.from({ length: number(form, "copies", 1) }, () =>
      world.deliver(event.id, event.type, "held", Date.now()),
    ),
  );
  await Promise.all(rows.map((row) => deliveries.send(row)));
  return rows.map((row) => world.store.get("delivery", row.id) ?? row);
}

function arrange<T>(rows: T[], order: string, seed: number): T[] {
  if (order === "reverse") return rows.reverse();
  if (order !== "shuffle") return rows;
  let state = seed || 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return rows
    .map((row) => ({ row, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}

/** Long enough that other things happen meanwhile, shorter than anybody's patience. */
const SLOW_MS = 400;
const FAULTS: readonly Fault["kind"][] = ["error", "limit", "slow", "timeout", "cut"];

function readFault(form: FormObject): Fault {
  const wanted = text(form, "kind") ?? "error";
  const kind = FAULTS.find((one) => one === wanted);
  if (!kind) throw invalid("Unknown fault.", { param: "kind" });
  const when = text(form, "when") === "before" ? "before" : "after";
  const method = text(form, "method")?.toUpperCase() ?? null;
  const [count, ms] = [number(form, "count", 1), number(form, "ms", SLOW_MS)];
  return { kind, when, method, path: text(form, "path") ?? "/v1/", count, ms };
}

/** The fault that hits this request, used up by one. */
export function takeFault(world: World, method: string, path: string): Fault | null {
  const hit = world.control.faults.find(
    (fault) => fault.count > 0 && path.startsWith(fault.path) && (!fault.method || fault.method === method),
  );
  if (!hit) return null;
  const faults = world.control.faults
    .map((fault) => (fault === hit ? { ...fault, count: fault.count - 1 } : fault))
    .filter((fault) => fault.count > 0);
  world.store.transaction(() => world.setControl({ faults }));
  return hit;
}

function matches(row: Delivery, form: FormObject): boolean {
  const state = text(form, "state");
  const event = text(form, "event");
  return (!state || row.state === state) && (!event || row.event === event);
}

function counts({ store }: World): Record<string, number> {
  const kinds = ["intent", "charge", "refund", "session", "dispute", "event", "task"] as const;
  const rows = Object.fromEntries(kinds.map((kind) => [kind, store.all(kind).length]));
  const open = store.all("delivery").filter((row) => row.state === "pending" || row.state === "held");
  return { ...rows, openDeliveries: open.length };
}

/** Does what was put off: settling, failing, disputing, expiring. */
import { behaviourOf } from "./cards";
import { decline, succeed } from "./charging";
import { openDispute } from "./disputes";
import type { Task } from "./model";
import { failRefund, settleRefund } from "./refunds";
import { followIntent } from "./session-state";
import { expire } from "./sessions";
import type { World } from "./world";

export class Timetable {
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly world: World) {}

  /** Runs everything that is due `aheadMs` from now, and wakes up for the next. */
  run(aheadMs = 0): number {
    if (this.closed) return 0;
    clearTimeout(this.timer);
    const until = Date.now() + aheadMs;
    const due = this.world.store.all("task").filter((task) => task.due <= until);
    for (const task of due.sort((a, b) => a.due - b.due)) this.perform(task);
    const next = Math.min(...this.world.store.all("task").map((task) => task.due));
    if (Number.isFinite(next)) {
      const pause = Math.min(Math.max(next - Date.now(), 1), 2 ** 31 - 1);
      this.timer = setTimeout(() => this.run(), pause);
    }
    return due.length;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private perform(task: Task): void {
    const { world } = this;
    world.request = { id: null, idempotency_key: null };
    world.store.transaction(() => {
      world.store.remove("task", task.id);
      act(world, task);
    });
  }
}

function act(world: World, { kind, target }: Task): void {
  switch (kind) {
    case "settle_intent":
    case "fail_intent":
      endProcessing(world, target, kind === "settle_intent");
      return;
    case "dispute": {
      const charge = world.store.get("charge", target);
      if (charge && !charge.disputed && !charge.refunded)
        openDispute(world, charge, { reason: reasonFor(world, charge.payment_method) });
      return;
    }
    case "settle_refund":
      settleRefund(world, target);
      return;
    case "fail_refund":
      failRefund(world, target);
      return;
    case "expire_session": {
      const session = world.store.get("session", target);
      if (session?.status === "open") expire(world, session);
    }
  }
}

function endProcessing(world: World, id: string, succeeds: boolean): void {
  const intent = world.store.get("intent", id);
  const method = intent && world.store.get("method", intent.payment_method ?? "");
  const charge = intent && world.store.get("charge", intent.latest_charge ?? "");
  if (!method || !charge || intent.status !== "processing") return;
  const why = {
    code: "card_declined",
    declineCode: "generic_decline",
    message: "The payment failed while processing.",
  };
  const after = succeeds ? succeed(world, intent, charge) : decline(world, intent, method, why).intent;
  followIntent(world, after);
}

function reasonFor(world: World, methodId: string | null): string {
  const method = world.store.get("method", methodId ?? "");
  return (method && behaviourOf(method).disputed) ?? "fraudulent";
}

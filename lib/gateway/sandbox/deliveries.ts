/** Sends events to the shop's webhook, signed, until it answers 2xx. */
import { createHmac } from "node:crypto";
import type { Delivery } from "./model";
import type { World } from "./world";

const AT_ONCE = 4;
const ANSWER_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;
/** After three days Stripe gives up too. */
const GIVE_UP_MS = 3 * 86_400_000;

/** The header `Stripe-Signature` of `body`, as the SDK verifies it. */
export function signature(body: string, secret: string, seconds = Math.floor(Date.now() / 1000)): string {
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${mac}`;
}

export class Deliveries {
  private readonly sending = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly world: World) {
    for (const row of world.store.all("delivery")) if (row.state === "pending") world.outbox.add(row.id);
  }

  /** Sends what is due, and wakes up for the next. */
  pump(): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    for (const id of this.world.outbox) {
      const row = this.world.store.get("delivery", id);
      if (row?.state !== "pending") this.world.outbox.delete(id);
      else if (this.sending.has(id)) continue;
      else if (row.nextAt > now) next = Math.min(next, row.nextAt);
      else if (this.sending.size < AT_ONCE) void this.send(row);
      else return;
    }
    if (next < Number.POSITIVE_INFINITY) {
      this.timer = setTimeout(() => this.pump(), Math.min(next - now, 2 ** 31 - 1));
    }
  }

  /** One try now; resolves when the shop answered or did not. Never rejects. */
  send(row: Delivery): Promise<void> {
    const running = this.sending.get(row.id);
    if (running) return running;
    const sent = this.attempt(row).finally(() => {
      this.sending.delete(row.id);
      this.pump();
    });
    this.sending.set(row.id, sent);
    return sent;
  }

  /** Tries everything that is open once, whatever its time, and waits for the answers. */
  async flush(): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const open = [...this.world.outbox].filter((id) => !tried.has(id));
      if (open.length === 0) break;
      for (const id of open) {
        tried.add(id);
        const row = this.world.store.get("delivery", id);
        if (row) await this.send(row);
      }
    }
    await Promise.all(this.sending.values());
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await Promise.all(this.sending.values());
  }

  private async attempt(row: Delivery): Promise<void> {
    const { settings, store } = this.world;
    const event = store.get("event", row.event);
    let lastStatus: number | null = null;
    let lastError: string | null = null;
    try {
      if (!settings.webhookUrl || !event) throw new Error("Nowhere to send it.");
      // What the shop hears must survive a crash of ours.
      await store.flushed();
      const body = JSON.stringify(event, null, 2);
      const response = await fetch(settings.webhookUrl, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": signature(body, settings.webhookSecret),
          "user-agent": "Stripe/1.0 (payment sandbox)",
        },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      lastStatus = response.status;
      await response.body?.cancel();
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
    }
    const delivered = lastStatus !== null && lastStatus >= 200 && lastStatus < 300;
    const attempts = row.attempts + 1;
    const tooOld = Date.now() - row.createdAt > GIVE_UP_MS;
    const state = delivered ? "delivered" : tooOld ? "failed" : "pending";
    const pause = Math.min(settings.retryMs * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    if (state === "pending") this.world.outbox.add(row.id);
    else this.world.outbox.delete(row.id);
    store.transaction(() => {
      store.put("delivery", row.id, {
        ...row,
        state,
        attempts,
        lastStatus,
        lastError,
        nextAt: Date.now() + pause,
      });
      if (delivered && event) store.put("event", event.id, { ...event, pending_webhooks: 0 });
    });
  }
}

/** What every resource works with: the store, the clock, events that go out, and things that happen later. */
import type { Control, Delivery, Kind, Tables, Task } from "./model";
import type { Store } from "./store";
import { missingObject, newId } from "./wire";

export const API_VERSION = "2026-10-28.endive";

export type Settings = {
  secretKey: string;
  publishableKey: string;
  webhookUrl: string | null;
  webhookSecret: string;
  /** How long "later" is: processing, disputes, pending refunds. */
  laterMs: number;
  /** The first pause before a webhook is sent again; it doubles from there. */
  retryMs: number;
};

const QUIET: Control = { held: false, lose: 0, duplicate: 0, delayMs: 0, faults: [] };

export class World {
  /** The request that is being answered, for the events it causes. */
  request: { id: string | null; idempotency_key: string | null } = { id: null, idempotency_key: null };
  /** Called after anything was put that waits for its time. */
  nudge: () => void = () => {};
  /** Ids of deliveries that still have to reach the shop. */
  readonly outbox = new Set<string>();

  constructor(
    readonly store: Store,
    readonly settings: Settings,
  ) {}

  now(): number {
    return Math.floor(Date.now() / 1000);
  }

  /** @throws ApiError 404 */
  need<K extends Kind>(kind: K, id: string, what: string): Tables[K] {
    const row = this.store.get(kind, id);
    if (!row) throw missingObject(what, id);
    return row;
  }

  get control(): Control {
    return this.store.get("control", "control") ?? QUIET;
  }

  setControl(change: Partial<Control>): Control {
    return this.store.put("control", "control", { ...this.control, ...change });
  }

  /** Writes an event and its way to the shop, in the caller's transaction. */
  emit(type: string, object: unknown, previous?: Record<string, unknown>): void {
    const url = this.settings.webhookUrl;
    const id = newId("evt", 24);
    this.store.put("event", id, {
      id,
      object: "event",
      api_version: API_VERSION,
      created: this.now(),
      data: previous ? { object, previous_attributes: previous } : { object },
      livemode: false,
      pending_webhooks: url ? 1 : 0,
      request: { ...this.request },
      type,
    });
    if (url) this.send(id, type);
  }

  private send(event: string, type: string): void {
    const { held, lose, duplicate, delayMs } = this.control;
    if (lose > 0) this.setControl({ lose: lose - 1 });
    else if (duplicate > 0) this.setControl({ duplicate: duplicate - 1 });
    const state = lose > 0 ? "lost" : held ? "held" : "pending";
    const copies = lose === 0 && duplicate > 0 ? 2 : 1;
    for (let i = 0; i < copies; i += 1) this.deliver(event, type, state, Date.now() + delayMs);
  }

  deliver(event: string, type: string, state: Delivery["state"], nextAt: number): Delivery {
    const id = newId("dlv");
    const createdAt = Date.now();
    const way = { id, event, type, state, attempts: 0, nextAt, createdAt, lastStatus: null, lastError: null };
    if (state === "pending") this.outbox.add(id);
    this.nudge();
    return this.store.put("delivery", id, way);
  }

  later(kind: Task["kind"], target: string, ms = this.settings.laterMs): void {
    const id = `${kind}:${target}`;
    this.store.put("task", id, { id, kind, target, due: Date.now() + ms });
    this.nudge();
  }
}

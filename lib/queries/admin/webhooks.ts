/** The gateway's events in the back office: the list, and one as it came. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";
import type { Direction } from "@/lib/domain/back-office";
import { type WebhookSort, type WebhookView, webhookDirection } from "@/lib/domain/engine-room";
import { contains, type Fragment, limited, type Page, pagesOf, wayOf } from "./scope";

export type WebhookState = Exclude<WebhookView, "all">;

export interface WebhookRow {
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly state: WebhookState;
  readonly outcome: string | null;
  /** Also of one that took effect in the end. */
  readonly error: string | null;
  readonly orderNumber: string | null;
  readonly at: Date;
}

export interface WebhookQuery extends Page {
  /** Part of a type, an id of the gateway or an order's number. */
  readonly search: string;
  readonly view: WebhookView;
  readonly sort: WebhookSort;
  readonly dir?: Direction | "";
}

const STATE = sql`case when w.processed_at is null then 'failed'
  when w.outcome = 'ignored' then 'ignored' else 'done' end`;

const inView = (view: WebhookView): Fragment => (view === "all" ? sql`true` : sql`${STATE} = ${view}`);

/** One page of events, with how many each view holds. */
export async function listWebhooks(_admin: Admin, query: WebhookQuery) {
  const found = query.search
    ? sql`(${contains(sql`w.type`, query.search)} or ${contains(sql`w.provider_event_id`, query.search)}
        or ${contains(sql`coalesce(w.object_id, '')`, query.search)} or ${contains(sql`coalesce(o.number, '')`, query.search)})`
    : sql`true`;
  const from = sql`webhook_events w left join orders o on o.id = w.order_id`;
  const way = wayOf(query, webhookDirection);
  const [rows, [counts]] = await Promise.all([
    sql<(Omit<WebhookRow, "at"> & { at: string })[]>`
      select w.id, w.provider_event_id as "eventId", w.type, ${STATE} as state, w.outcome, w.error,
        o.number as "orderNumber", w.created_at as at
      from ${from} where ${found} and ${inView(query.view)} order by w.created_at ${way}, w.id ${way} ${limited(query)}`,
    sql<Record<WebhookView, number>[]>`
      select count(*)::int as all, count(*) filter (where ${inView("failed")})::int as failed,
        count(*) filter (where ${inView("done")})::int as done,
        count(*) filter (where ${inView("ignored")})::int as ignored
      from ${from} where ${found}`,
  ]);
  const views = counts ?? { all: 0, failed: 0, done: 0, ignored: 0 };
  return {
    rows: rows.map((row): WebhookRow => ({ ...row, at: new Date(row.at) })),
    counts: views,
    pages: pagesOf(views[query.view], query),
  };
}

export interface WebhookPage extends WebhookRow {
  readonly objectId: string | null;
  readonly processedAt: Date | null;
  /** Without secrets and personal data, as it is kept. */
  readonly payload: unknown;
}

/** One event; null for unknown ones. */
export async function getWebhook(_admin: Admin, id: string): Promise<WebhookPage | null> {
  const [row] = await sql<
    (Omit<WebhookPage, "at" | "processedAt"> & { at: string; processedAt: string | null })[]
  >`
    select w.id, w.provider_event_id as "eventId", w.type, ${STATE} as state, w.outcome, w.error,
      o.number as "orderNumber", w.created_at as at, w.object_id as "objectId", w.processed_at as "processedAt", w.payload
    from webhook_events w left join orders o on o.id = w.order_id where w.id = ${id}`;
  return row
    ? { ...row, at: new Date(row.at), processedAt: row.processedAt ? new Date(row.processedAt) : null }
    : null;
}

/** Events that failed: kept with their error, so that an admin sees them and has them taken in again. */
import { sql } from "drizzle-orm";
import type Stripe from "stripe";
import { newId } from "@/db/id";
import { withTx } from "@/db/tx";
import type { Admin, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { eventView, type GatewayEvent } from "@/lib/gateway/gateway";
import { enqueue } from "@/lib/queue";
import { write } from "@/lib/services/audit";
import { receive } from "./receive";

declare module "@/lib/queue" {
  interface Jobs {
    /** Takes in a kept event again. */
    "payments.replay": { eventId: string };
  }
}

/** What of an error is kept: its own words, never its stack. */
const MOST = 500;

function wordsOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error instanceof Error ? error.message : String(error)}${cause}`.slice(0, MOST);
}

/**
 * Keeps an event whose effect failed and was rolled back: once, with the newest error. An event that took effect
 * meanwhile is no failure. Whoever sends it again is welcome: `receive` makes this row the event's own.
 */
export async function noteFailure(_system: System, event: GatewayEvent, error: unknown): Promise<void> {
  const words = wordsOf(error);
  await withTx(async (tx) => {
    // Two deliveries that fail at once leave one row.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`webhook:${event.id}`}))`);
    await tx.execute(sql`
      WITH known AS (
        UPDATE webhook_events SET error = ${words}
        WHERE provider_event_id = ${event.id} AND processed_at IS NULL RETURNING id
      )
      INSERT INTO webhook_events (id, provider_event_id, type, payload, error)
      SELECT ${newId()}::uuid, ${event.id}, ${event.type}, ${JSON.stringify(event.payload)}::jsonb, ${words}
      WHERE NOT EXISTS (SELECT FROM known)
        AND NOT EXISTS (SELECT FROM webhook_event_ids WHERE provider_event_id = ${event.id})`);
  });
}

/** Has a failed event taken in again, by job. @throws ShopError not_found for one that is unknown or took effect */
export async function orderReplay(admin: Admin, { eventId }: { eventId: string }): Promise<void> {
  await withTx(async (tx) => {
    const [event] = (await tx.execute(sql`
      SELECT id, type, error FROM webhook_events WHERE id = ${eventId} AND processed_at IS NULL`)) as unknown as {
      id: string;
      type: string;
      error: string | null;
    }[];
    if (!event) throw new ShopError("not_found", { what: "failed event" });
    await write(tx, admin, {
      action: "webhook.replay",
      subject: "webhook_events",
      subjectId: event.id,
      before: {},
      after: { type: event.type, error: event.error },
    });
    await enqueue(tx, "payments.replay", { eventId }, { key: `payments.replay:${eventId}`, maxAttempts: 3 });
  });
}

/** Takes in a kept event by the way of every other; one that fails again keeps its new error. */
export async function replay(system: System, { eventId }: { eventId: string }): Promise<void> {
  const rows = await withTx((tx) =>
    tx.execute(sql`SELECT payload FROM webhook_events WHERE id = ${eventId} AND processed_at IS NULL`),
  );
  const [row] = rows as unknown as { payload: Stripe.Event }[];
  if (!row) return;
  try {
    await receive(system, eventView(row.payload));
  } catch (error) {
    await withTx((tx) =>
      tx.execute(
        sql`UPDATE webhook_events SET error = ${wordsOf(error)} WHERE id = ${eventId} AND processed_at IS NULL`,
      ),
    );
  }
}

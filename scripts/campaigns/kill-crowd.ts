/** Random kills under load: several shoppers in one process that dies; whatever they were told before is true after. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql as query } from "drizzle-orm";
import { shelf } from "@/db/cast";
import { db } from "@/db/client";
import { letExpire } from "@/db/testing/orders";
import { expire } from "@/lib/services/payments/cancel";
import { sync } from "@/lib/services/payments/sync";
import { type Ground, quiet } from "./ground";
import type { Victims } from "./victims";

/** In which a crowd is in full swing, on a slow machine too. */
const LONGEST_MS = 900;

/** One trial. Answers whether the process was killed before the crowd was done. */
export async function killUnderLoad(ground: Ground, victims: Victims): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-crowd-"));
  const notes = join(folder, "notes");
  writeFileSync(notes, "");
  const afterMs = 20 + ground.random() * LONGEST_MS;
  const where = `a crowd killed after ${Math.round(afterMs)} ms`;
  try {
    const variants = await Promise.all([1, 2].map(() => shelf(ground.world, 1_000)));
    const death = await victims.run(
      { act: "shopping", killAt: 0, told: { load: { variants, notes } } },
      afterMs,
    );
    if (!death.killed && death.outcome !== "done") ground.expect(false, `${where}: ${death.outcome}`);
    await recover(ground, variants);
    const told = new Map<string, string>();
    for (const line of readFileSync(notes, "utf8").split("\n")) {
      const [orderId, what] = line.split(" ");
      if (orderId && what) told.set(orderId, what);
    }
    const found = await ordersOf(variants);
    for (const [orderId, what] of told) {
      const order = found.get(orderId);
      const isRight = order !== undefined && fits(what, order);
      ground.expect(isRight, `${where}: an order told "${what}" is ${JSON.stringify(order)}`);
    }
    return death.killed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Found extends Record<string, unknown> {
  id: string;
  status: string;
  total: number;
  captured: number;
  refunded: number;
}

/** What the world does after a crash: lost webhooks are asked for, windows end, jobs run. */
async function recover(ground: Ground, variants: readonly string[]): Promise<void> {
  await quiet(ground);
  for (const { id, status } of (await ordersOf(variants)).values()) {
    if (status !== "pending") continue;
    await sync(ground.world.system, id);
    await letExpire(id);
    await expire(ground.world.system, id);
  }
  await quiet(ground);
}

async function ordersOf(variants: readonly string[]): Promise<Map<string, Found>> {
  const ids = query.join(
    variants.map((id) => query`${id}::uuid`),
    query`, `,
  );
  const rows = await db.execute<Found>(query`
    SELECT DISTINCT o.id, o.status, o.total::float8 AS total, o.captured::float8 AS captured, o.refunded::float8 AS refunded
    FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE l.variant_id IN (${ids})`);
  return new Map([...rows].map((row) => [row.id, row]));
}

/** Paid money bought something, or all of it is back. A cancel may have been on its way when the process died. */
function fits(told: string, { status, total, captured, refunded }: Found): boolean {
  const isSold = status === "confirmed" && captured === total && refunded === 0;
  const isBack = status === "cancelled" && captured === refunded;
  if (told === "cancelled") return isBack && captured === total;
  return told === "placed" ? isSold || isBack : isSold || (isBack && captured === total);
}

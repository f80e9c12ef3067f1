/** How soon a price change shows at two instances: while all is well, and while Redis or the replica is away. */
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { product } from "@/db/cast";
import { variants } from "@/db/schema/catalog";
import { withTx } from "@/db/tx";
import { productTag } from "@/lib/cache-tags";
import * as cache from "@/lib/services/cache";
import type { Ground } from "./ground";
import type { Place } from "./instances-place";

/** Of so few it is only asked that a change shows on both, not how soon: `npm test` may share its machine. */
export const SHORT = 1;
/** What docs/scale.md promises for a change. */
const FRESH_MS = 1_000;
/** While Redis does not answer: a second until that is noticed, and one for which a page may be kept. */
const DEAF_MS = 2_000;

/** A price changes; how long until each instance shows it. Read it beside "a page from memory": a busy machine slows both. */
export async function freshness(ground: Ground, place: Place, piece: Piece): Promise<Record<string, number>> {
  if (!place.redis) return {};
  const took: number[] = [];
  for (let round = 0; round < 10 * ground.trials; round += 1) {
    const shown = await reprice(piece, 2_000 + 100 * (round + 1));
    const begun = Date.now();
    await Promise.all(
      [place.one, place.other].map((at) => until(() => shows(at.url, shown), `${shown} on both`)),
    );
    took.push(Date.now() - begun);
  }
  took.sort((a, b) => a - b);
  const at = (part: number) => took[Math.ceil(took.length * part) - 1] ?? 0;
  ground.expect(
    isInTime(ground, at(0.95), FRESH_MS),
    `a price change took ${at(0.95)} ms at p95 to show on both`,
  );
  return {
    "price changes": took.length,
    "ms until both show it, median": at(0.5),
    "ms, p95": at(0.95),
    "ms, slowest": at(1),
  };
}

const isInTime = ({ trials }: Ground, ms: number, promised: number) => trials <= SHORT || ms <= promised;

export type Piece = Awaited<ReturnType<typeof product>>;

/** Changes the price as a service does; answers what the page then says. */
async function reprice(piece: Piece, price: number): Promise<string> {
  await withTx(async (tx) => {
    await tx.update(variants).set({ price }).where(eq(variants.productId, piece.id));
    await cache.expire(tx, [productTag(piece.id)]);
  });
  return (price / 100).toFixed(2);
}

async function shows(url: string, text: string): Promise<boolean> {
  return (await (await fetch(`${url}/p/ample-one`)).text()).includes(text);
}

/** Redis hangs, Redis dies and forgets, the replica stops applying, the replica dies. */
export async function outages(ground: Ground, place: Place, piece: Piece): Promise<Record<string, number>> {
  const { redis, standby, one, other } = place;
  const both = (shown: string) =>
    Promise.all([one, other].map((at) => until(() => shows(at.url, shown), shown)));
  const took: Record<string, number> = {};
  const timed = async (what: string, work: () => Promise<unknown>) => {
    const begun = Date.now();
    await work();
    const ms = Date.now() - begun;
    ground.expect(isInTime(ground, ms, DEAF_MS), `a price change took ${ms} ms to show on both: ${what}`);
    took[`ms until a new price shows, ${what}`] = ms;
  };
  if (redis) {
    redis.freeze();
    await timed("Redis hangs", async () => both(await reprice(piece, 4_100)));
    redis.resume();
    await redis.kill();
    await timed("Redis is gone", async () => both(await reprice(piece, 4_200)));
    await redis.startAgain();
    await pause(2_000);
    ground.expect(
      (await shows(one.url, "42.00")) && (await shows(other.url, "42.00")),
      "stale after Redis was back",
    );
    await timed("Redis is back", async () => both(await reprice(piece, 4_300)));
    await standby.pause();
    await timed("the replica lags", async () => both(await reprice(piece, 4_400)));
    await standby.resume();
  }
  standby.child.kill("SIGKILL");
  if (redis) await timed("the replica is gone", async () => both(await reprice(piece, 4_500)));
  return took;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited 30 s for ${what}`);
    await pause(10);
  }
}

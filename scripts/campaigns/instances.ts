/** Two instances of the built shop on one database, with Redis and a replica: killed, rolled, cut off, and nothing of it is seen. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { learn } from "@/bench/checkout/http";
import { Visitor } from "@/bench/checkout/visitor";
import { CAST_PASSWORD, product } from "@/db/cast";
import { sql } from "@/db/client";
import { type Campaign, type Ground, lanes } from "./ground";
import { freshness, outages, type Piece, SHORT } from "./instances-fresh";
import { openPlace, type Place } from "./instances-place";
import { shared } from "./instances-shared";
import { buy, startReading } from "./instances-shoppers";
import type { Instance } from "./instances-web";

const ROOT = join(import.meta.dirname, "..", "..");
const STOCK = 10;
const SHOPPERS = 60;
/** Fewer reads than this while everything is done to the instances would show nothing. */
const READS = 100;

export const instances: Campaign = {
  name: "instances",
  about:
    "two instances with Redis and a replica: one is killed, both are rolled, nothing fails, doubles or is stale",
  short: SHORT,
  long: 3,
  run: async (ground) => {
    if (!existsSync(join(ROOT, process.env.DIST_DIR || ".next", "BUILD_ID")))
      throw new Error("There is no built app: npm run build");
    const place = await openPlace(ground);
    try {
      return await trial(ground, place);
    } catch (error) {
      for (const { said } of [place.one, place.other]) ground.say(`an instance's last words: ${said()}`);
      throw error;
    } finally {
      await place.close();
    }
  },
};

async function trial(ground: Ground, place: Place): Promise<Record<string, number>> {
  const { world } = ground;
  const shelf = { ownerId: world.id.lineShop, categoryId: world.id.category, taxClassId: world.id.taxClass };
  const scarce = await product({
    ...shelf,
    name: "Scarce One",
    variants: [{ sku: "SCARCE", price: 3_000, stock: STOCK }],
  });
  const ample = await product({
    ...shelf,
    name: "Ample One",
    variants: [{ sku: "AMPLE", price: 2_000, stock: 5_000 }],
  });
  const pages = ["/", "/c/objects", "/p/print-one", "/p/mug-one", "/p/ample-one"];
  const counts: Record<string, number> = {};

  Object.assign(counts, await firstViews(ground, place, "/p/tote-one"));
  await nothingSticks(ground, place);
  const reading = startReading(place.proxy.url, pages);
  Object.assign(counts, await freshness(ground, place, ample));
  Object.assign(counts, await shared(ground, place));
  Object.assign(counts, await race(ground, place, scarce));
  Object.assign(counts, await rolling(ground, place));
  const replicated = await readsOnReplica(place);
  ground.expect(replicated > 0, "the replica answered nothing");
  Object.assign(counts, await outages(ground, place, ample));
  const { reads, failed, slowest } = await reading.stop();
  for (const line of failed.slice(0, 10)) ground.expect(false, `a read failed: ${line}`);
  ground.expect(reads > READS, `only ${reads} pages were read meanwhile`);
  return {
    ...counts,
    "pages read meanwhile": reads,
    "reads that failed": failed.length,
    "ms of the slowest read": slowest,
    "requests through the proxy": place.proxy.counts.requests,
    "of them tried on the other instance": place.proxy.counts["tried on the other"],
    "of them cut off by the kill": place.proxy.counts["cut off"],
    "catalogue statements answered by the replica": replicated,
  };
}

/** The second instance has the page from the first. */
async function firstViews(
  ground: Ground,
  { one, other, redis }: Place,
  path: string,
): Promise<Record<string, number>> {
  const timed = async (from: Instance) => {
    const begun = performance.now();
    const answer = await fetch(from.url + path);
    await answer.text();
    return { ms: Math.round(performance.now() - begun), cache: answer.headers.get("x-nextjs-cache") };
  };
  await timed(one);
  const first = await timed(other);
  if (redis)
    ground.expect(
      first.cache === "HIT",
      `the other instance made the page again (${first.cache}) that one had made`,
    );
  return { "ms of a page from memory": (await timed(one)).ms, "ms of it at the other": first.ms };
}

/** Signed in and put into the cart through the proxy: true at either instance. */
async function nothingSticks(ground: Ground, { one, other, proxy }: Place): Promise<void> {
  const visitor = new Visitor(proxy.url);
  const signIn = (await visitor.form("/sign-in", "password")).with({
    email: "ada@example.com",
    password: CAST_PASSWORD,
  });
  await visitor.post("/sign-in", signIn);
  const put = (await visitor.form("/p/mug-one", "variantId")).with({});
  await visitor.post("/p/mug-one", put);
  for (const at of [one, other]) {
    const cart = await visitor.read(at.url, "/cart");
    ground.expect(cart.includes("Mug One"), "a cart is not there on one of the instances");
    const account = await visitor.read(at.url, "/account");
    ground.expect(account.includes("ada@example.com"), "a sign-in is not valid on one of the instances");
  }
}

/** 60 shoppers for 10 pieces, each request to the next instance; in the middle one of them dies. */
async function race(ground: Ground, { proxy, other }: Place, piece: Piece): Promise<Record<string, number>> {
  const recipe = await learn(proxy.url, "scarce-one", "cash_on_delivery");
  let ended = 0;
  const results: Awaited<ReturnType<typeof buy>>[] = [];
  const crash = (async () => {
    while (ended < 5) await pause(5);
    await other.kill();
    await other.start();
  })();
  await lanes(SHOPPERS, 20, async (index) => {
    results.push(await buy(proxy.url, recipe, `racer-${index}@example.com`));
    ended += 1;
  });
  await crash;
  const numbers = results.flatMap((result) => ("number" in result ? [result.number] : []));
  const other5xx = results.filter(
    (result) => "refused" in result && !/answered 200|led to/.test(result.refused),
  );
  for (const line of other5xx.slice(0, 5))
    ground.expect(false, `a shopper was told: ${JSON.stringify(line)}`);
  const [variantId = ""] = piece.variantIds;
  const [row] = await sql<{ sold: number; left: number }[]>`
    select (select coalesce(sum(quantity), 0)::int from order_lines l join orders o on o.id = l.order_id
        where l.variant_id = ${variantId} and o.status <> 'cancelled') as sold,
      (select sum(on_hand - reserved)::int from inventory where variant_id = ${variantId}) as left`;
  ground.expect(row?.sold === STOCK && row.left === 0, `${row?.sold} of ${STOCK} sold, ${row?.left} left`);
  ground.expect(numbers.length <= STOCK, `${numbers.length} shoppers hold an order for ${STOCK} pieces`);
  await noneDoubled(ground, "racer-%");
  return {
    "shoppers in the race": SHOPPERS,
    "pieces sold": row?.sold ?? 0,
    "told that they are gone": SHOPPERS - numbers.length,
    "times a shopper sent something again": results.reduce((sum, { again }) => sum + again, 0),
  };
}

/** Each instance is stopped and started while people buy. */
async function rolling(ground: Ground, { one, other, proxy }: Place): Promise<Record<string, number>> {
  const recipe = await learn(proxy.url, "ample-one", "cash_on_delivery");
  let isOver = false;
  const numbers: string[] = [];
  const lane = async (index: number) => {
    for (let at = 0; !isOver; at += 1) {
      const result = await buy(proxy.url, recipe, `buyer-${index}-${at}@example.com`);
      if ("number" in result) numbers.push(result.number);
      else ground.expect(false, `a buyer was refused: ${result.refused}`);
    }
  };
  const buyers = [lane(1), lane(2), lane(3)];
  for (const each of [one, other]) {
    await each.stop();
    await each.start();
    await pause(1_000);
  }
  isOver = true;
  await Promise.all(buyers);
  const rows = await sql<{ number: string }[]>`select number from orders where email like 'buyer-%'`;
  ground.expect(numbers.length > 0, "nobody ordered anything while both were rolled");
  const there = new Set(rows.map(({ number }) => number));
  const lost = numbers.filter((number) => !there.has(number));
  ground.expect(lost.length === 0, `orders that shoppers hold are not there: ${lost.join(", ")}`);
  await noneDoubled(ground, "buyer-%");
  return { "orders while both were rolled": numbers.length };
}

async function noneDoubled(ground: Ground, like: string): Promise<void> {
  const doubled = await sql<{ email: string }[]>`
    select email from orders where email like ${like} group by email having count(*) > 1`;
  ground.expect(doubled.length === 0, `ordered twice: ${doubled.map(({ email }) => email).join(", ")}`);
}

/** Statements about the catalogue that the replica answered. */
async function readsOnReplica({ standby }: Place): Promise<number> {
  const client = postgres(standby.url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await client<{ calls: number }[]>`
      select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
      where query ~* 'from (products|categories|settings|search_products)'`;
    return row?.calls ?? 0;
  } finally {
    await client.end({ timeout: 1 });
  }
}

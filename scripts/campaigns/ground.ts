/** The ground a campaign stands on: the cast, the payment sandbox, a seeded dice, and the reckoning at its end. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql as query } from "drizzle-orm";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs } from "@/db/testing/orders";
import { call } from "@/lib/gateway/stripe";
import { compareWithGateway } from "./compare";

export interface Size {
  /** What one trial is depends on the campaign; its docs say so. */
  readonly trials: number;
  readonly seed: number;
  /** Names of a campaign's parts, where it has some; none: all. */
  readonly only?: readonly string[];
  /** After which a long form stops and tells how far it came. */
  readonly minutes?: number;
}

export interface Ground extends Required<Size> {
  readonly world: Cast;
  readonly gateway: TestGateway;
  /** 0 ≤ x < 1, the same for the same seed. */
  readonly random: () => number;
  readonly pick: <T>(from: readonly T[]) => T;
  /** A line for whoever watches. */
  readonly say: (line: string) => void;
  /** Notes what must not be; the campaign goes on, and fails at its end. */
  readonly expect: (holds: boolean, otherwise: string) => void;
  readonly wrong: string[];
}

export interface Campaign {
  readonly name: string;
  /** One line: what it proves. */
  readonly about: string;
  /** Trials inside `npm test`, and by hand. */
  readonly short: number;
  readonly long: number;
  /** Answers what was counted. */
  readonly run: (ground: Ground) => Promise<Record<string, number>>;
}

export interface Report {
  readonly counts: Record<string, number>;
  /** Empty when all held. */
  readonly wrong: readonly string[];
}

/** Runs a campaign on the database of DATABASE_URL, which must be migrated and empty, and reads the books after it. */
export async function runCampaign(
  campaign: Campaign,
  size: Size,
  say: (line: string) => void = () => {},
): Promise<Report> {
  const gateway = await startGateway();
  const closeWeb = await startWeb();
  const random = dice(size.seed);
  const wrong: string[] = [];
  try {
    const ground: Ground = {
      only: [],
      minutes: 600,
      ...size,
      world: await cast(),
      gateway,
      random,
      pick: (from) => from[Math.floor(random() * from.length)] as (typeof from)[number],
      say,
      expect: (holds, otherwise) => {
        if (!holds) wrong.push(otherwise);
      },
      wrong,
    };
    const counts = await campaign.run(ground);
    await quiet(ground);
    wrong.push(...(await wrongInTheBooks()), ...(await compareWithGateway()));
    return { counts, wrong: wrong.map((line) => `${line} [${campaign.name} --seed ${size.seed}]`) };
  } finally {
    await gateway.close();
    await closeWeb();
  }
}

/** Gives Line's shop an account at the gateway, so that its payouts are transfers. Twice: the one it has. */
export async function connectOwner({ world }: Pick<Ground, "world">): Promise<void> {
  const line = eq(owners.id, world.id.lineShop);
  const [owner] = await db.select({ accountId: owners.stripeAccountId }).from(owners).where(line);
  if (owner?.accountId) return;
  const { id } = await call((api) => api.accounts.create({ type: "express" }));
  await db.update(owners).set({ stripeAccountId: id }).where(line);
}

/** Stands in for the web server where jobs hand it their cache tags. */
async function startWeb(): Promise<() => Promise<void>> {
  const web = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((done) => web.listen(0, "127.0.0.1", done));
  process.env.PORT = String((web.address() as AddressInfo).port);
  return async () => {
    web.closeAllConnections();
    await new Promise((done) => web.close(done));
  };
}

/** Lets everything run that is due, failed jobs at once instead of after their pause, until nothing is left to do. */
export async function quiet({ gateway }: Pick<Ground, "gateway">): Promise<void> {
  await gateway.turn("clear");
  for (let round = 0; round < 8; round += 1) {
    await gateway.settled();
    const [left] = await db.execute<{ due: number }>(query`
      WITH again AS (SELECT graphile_worker.reschedule_jobs(
        ARRAY(SELECT id FROM graphile_worker.jobs WHERE attempts > 0 AND run_at > now()), run_at := now()) AS job)
      SELECT (SELECT count(*) FROM again)::int +
        (SELECT count(*) FROM graphile_worker.jobs WHERE run_at <= now())::int AS due`);
    if (!left?.due) return;
    await runJobs();
  }
}

/** Runs `work` for 0 … count − 1, `width` at a time. */
export async function lanes(
  count: number,
  width: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

/** Mulberry32: small, and good enough to choose by. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

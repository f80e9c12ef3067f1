/** Where the campaign of two instances happens: shop, worker, proxy, Redis where there is one, and a replica. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "@/db/client";
import { BUCKET_KEYS, startBucket } from "@/db/testing/bucket";
import { startStandby } from "@/db/testing/standby";
import { hasRedis, NO_REDIS, startRedis, type TestRedis } from "../testing/redis";
import type { Ground } from "./ground";
import { instance, startProxy } from "./instances-web";

const ROOT = join(import.meta.dirname, "..", "..");

export type Place = Awaited<ReturnType<typeof openPlace>>;

/** Starts all of it on the campaign's database; `close` ends it. */
export async function openPlace(ground: Pick<Ground, "say">) {
  const redis: TestRedis | undefined = hasRedis ? await startRedis() : undefined;
  if (!redis) ground.say(NO_REDIS);
  await sql`create extension if not exists pg_stat_statements`;
  const standby = await startStandby(process.env.DATABASE_URL ?? "");
  const bucket = await startBucket();
  // Nothing may rest on a disk that the others do not have.
  const disk = mkdtempSync(join(tmpdir(), "instances-"));
  const env: Record<string, string> = {
    NODE_ENV: "production",
    WORKER: "off",
    WARM: "off",
    DATABASE_POOL: "10",
    LOG_LEVEL: "warn",
    SANDBOX_URL: process.env.SANDBOX_URL ?? "",
    DATABASE_REPLICA_URL: standby.url,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    S3_ENDPOINT: bucket.url,
    S3_BUCKET: bucket.name,
    S3_REGION: "eu-test-1",
    S3_ACCESS_KEY_ID: BUCKET_KEYS.id,
    S3_SECRET_ACCESS_KEY: BUCKET_KEYS.secret,
    ...(redis && { REDIS_URL: redis.url }),
  };
  const one = await instance(env, join(disk, "one"));
  const other = await instance(env, join(disk, "other"));
  const proxy = await startProxy([one, other]);
  // Forms check that they come from the shop's own address.
  env.SITE_URL = proxy.url;
  await Promise.all([one.start(), other.start()]);
  const worker = spawn(process.execPath, ["--import", "tsx", "lib/jobs/worker.ts"], {
    cwd: ROOT,
    env: { ...process.env, ...env, DATA_DIR: join(disk, "worker"), PORT: new URL(one.url).port },
    stdio: "ignore",
  });
  return {
    one,
    other,
    proxy,
    redis,
    standby,
    bucket,
    close: async () => {
      worker.kill("SIGKILL");
      await Promise.all([one.kill(), other.kill()]);
      await proxy.close();
      await standby.stop();
      await redis?.kill();
      await bucket.stop();
      rmSync(disk, { recursive: true, force: true });
    },
  };
}

/** The built shop once more beside the one under test, on the same database, as a role that may do nothing but read. */
import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { instance } from "@/scripts/campaigns/instances-web";
import { startRelay } from "./relay";

export interface Reader {
  readonly url: string;
  /** What PostgreSQL denied to it since it was asked last. */
  deniedSince: () => string[];
  /** From now on it may write into this table. */
  mayWrite: (table: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts it. Other journeys go on writing meanwhile: they are other roles. */
export async function startReader(): Promise<Reader> {
  const address = new URL(process.env.DATABASE_URL ?? "");
  const sql = postgres(address.href, { max: 1, onnotice: () => {} });
  const role = `reader_${randomBytes(6).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  // The queue hides its rows from whoever has no policy; the page of slow statements reads PostgreSQL's own counts.
  await sql.unsafe(`create role ${role} login bypassrls password '${password}'`);
  await sql.unsafe(`grant pg_read_all_data, pg_read_all_stats to ${role}`);
  const relay = await startRelay(address.hostname, Number(address.port || 5432));
  const build = copyOfBuild();
  const web = await instance({
    DATABASE_URL: `postgres://${role}:${password}@127.0.0.1:${relay.port}${address.pathname}`,
    APP_NAME: role,
    DIST_DIR: build,
    // What it would do by itself would stand with the address that is asked for just then.
    WARM: "off",
    WORKER: "off",
  });
  const stop = async () => {
    await web.stop();
    relay.close();
    await sql.unsafe(`drop owned by ${role}`);
    await sql.unsafe(`drop role ${role}`);
    await sql.end();
    rmSync(build, { recursive: true, force: true });
  };
  try {
    await web.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: web.url,
    deniedSince: () => relay.denied.splice(0),
    mayWrite: async (table) => {
      await sql`grant insert, update, delete on ${sql(table)} to ${sql(role)}`;
    },
    stop,
  };
}

/** Pages that it draws are written into its build: in a folder of its own they do not get into the other's way. */
function copyOfBuild(): string {
  const from = process.env.DIST_DIR || ".next";
  const to = `.next-reader-${randomBytes(4).toString("hex")}`;
  mkdirSync(to);
  const needless = /^(?:cache|dev|diagnostics|trace.*|types)$/;
  for (const name of readdirSync(from).filter((one) => !needless.test(one)))
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      filter: (path) => !/\.(?:map|nft\.json)$/.test(path),
    });
  return to;
}

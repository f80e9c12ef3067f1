/** The shop's database while the launcher runs: the embedded one, kept alive, or an existing one that was checked. */
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { type EmbeddedPostgres, freePort, startPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { asProblem, Problem } from "./problem";

const OLDEST = 150_000;

export type Database = {
  url: string;
  /** The path of its Unix socket, where there is one. */
  socket: string | undefined;
  embedded: boolean;
  dataDir: string | undefined;
  stop: () => Promise<void>;
};

/** Starts the embedded server and starts it again whenever it dies. `onDeath` hears of it. */
export async function openEmbedded(
  dataDir: string,
  options: { durable?: boolean; onDeath?: () => void } = {},
): Promise<Database> {
  mkdirSync(join(dataDir, "log"), { recursive: true });
  const port = await freePort();
  let stopping = false;
  let server: EmbeddedPostgres;
  const start = async () => {
    const begun = await startPostgres({
      dataDir: join(dataDir, "postgres"),
      port,
      durable: options.durable ?? true,
      log: (text) => note(dataDir, text),
    });
    begun.child.once("exit", () => {
      if (stopping) return;
      options.onDeath?.();
      void again();
    });
    return begun;
  };
  const again = async (pauseMs = 200): Promise<void> => {
    if (stopping) return;
    try {
      server = await start();
    } catch {
      await new Promise((next) => setTimeout(next, pauseMs));
      await again(Math.min(pauseMs * 2, 10_000));
    }
  };
  try {
    server = await start();
  } catch (error) {
    throw notStarted(error, dataDir);
  }
  const asked = join(dataDir, "postgres");
  return {
    url: server.url,
    socket: server.socket,
    embedded: true,
    dataDir: server.dataDir === asked ? undefined : server.dataDir,
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}

/** Tries an existing database out. Throws a `Problem` when it is away, refuses us, or is too old. */
export async function openExternal(url: string): Promise<Database> {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await client`select current_setting('server_version_num')::int as version`;
    checkVersion(Number(row?.version));
  } catch (error) {
    throw unreachable(error, url);
  } finally {
    await client.end({ timeout: 1 });
  }
  return {
    url,
    socket: process.env.DATABASE_SOCKET,
    embedded: false,
    dataDir: undefined,
    stop: async () => {},
  };
}

/** Throws a `Problem` for a server older than 15. `version` as in server_version_num, such as 140012. */
export function checkVersion(version: number): void {
  if (version >= OLDEST) return;
  throw new Problem(
    `The database of DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)} and the shop needs 15 or newer: upgrade it, or leave DATABASE_URL out and the shop brings its own.`,
  );
}

/** What a failed connection means to the person who set DATABASE_URL; the password is never repeated. */
export function unreachable(error: unknown, url: string): unknown {
  if (error instanceof Problem) return error;
  const { host, pathname, username } = new URL(url);
  const code = (error as { code?: string }).code ?? "";
  if (code === "28P01" || code === "28000") {
    return new Problem(
      `The database at ${host} refuses the user ${username || "(none)"}: check user name and password in DATABASE_URL.`,
    );
  }
  if (code === "3D000") {
    const name = pathname.slice(1);
    return new Problem(
      `There is no database ${name} at ${host}: create it with \`createdb ${name}\`, or name another one in DATABASE_URL.`,
    );
  }
  return new Problem(
    `The database at ${host} cannot be reached (${code || String(error)}): start it, check DATABASE_URL, or leave DATABASE_URL out and the shop brings its own.`,
  );
}

/** Brings the database up to date. Throws a `Problem` when our user may not do that. */
export async function bringUpToDate(database: Database): Promise<void> {
  try {
    await migrate(database.url);
  } catch (error) {
    const text = chain(error);
    if (/42501|permission denied/.test(text)) {
      throw new Problem(
        "The user of DATABASE_URL may not create the shop's tables or extensions: make it the owner of the database (ALTER DATABASE … OWNER TO …).",
      );
    }
    throw error;
  }
}

/** Is there a catalogue? */
export async function hasProducts(url: string): Promise<boolean> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await client`select exists (select from products) as filled`;
    return row?.filled === true;
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** Empties the database completely; the next migration fills it with tables again. */
export async function wipe(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    // Extensions of the public schema go with it; migration 0000 makes them again.
    await client`drop schema if exists graphile_worker cascade`;
    await client`drop schema if exists drizzle cascade`;
    await client`drop schema public cascade`;
    await client`create schema public`;
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** Runs the seeding between two marks, so that a seed that was killed half way is known for what it is. */
export async function markedSeeding(dataDir: string, work: () => Promise<void>): Promise<void> {
  const mark = markOf(dataDir);
  writeFileSync(mark, new Date().toISOString());
  await work();
  rmSync(mark, { force: true });
}

/** Did the last seeding not come to its end? */
export function halfSeeded(dataDir: string): boolean {
  return existsSync(markOf(dataDir));
}

/** Forgets that a seeding was cut off, after the database was emptied. */
export function unmark(dataDir: string): void {
  rmSync(markOf(dataDir), { force: true });
}

function markOf(dataDir: string): string {
  return join(dataDir, "seeding");
}

function notStarted(error: unknown, dataDir: string): unknown {
  const known = asProblem(error, dataDir);
  if (known instanceof Problem) return known;
  const said = error instanceof Error ? error.message : String(error);
  return new Problem(
    `The embedded PostgreSQL does not start (${said}): see ${join(dataDir, "log", "postgres.log")}, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function note(dataDir: string, text: string): void {
  try {
    appendFileSync(join(dataDir, "log", "postgres.log"), text);
  } catch {
    // A full disk must not take the shop down with the log.
  }
}

function chain(error: unknown): string {
  const parts: string[] = [];
  for (let e = error; e instanceof Error; e = e.cause)
    parts.push(e.message, String((e as { code?: string }).code));
  return parts.join(" ");
}

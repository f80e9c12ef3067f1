/** A streaming replica of the embedded PostgreSQL, made by a low-level base backup, for tests and campaigns. */
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { type EmbeddedPostgres, startPostgres } from "../embedded";
import { place } from "../embedded-place";
import { removeAfterUs, throwawayFolder } from "../throwaway";

/** A read-only copy that follows. `stop` removes it. */
export interface Standby extends EmbeddedPostgres {
  /** Stops applying what comes in: it falls behind. */
  pause: () => Promise<void>;
  resume: () => Promise<void>;
}

/** Copies the server behind `primaryUrl`, on this machine, while it runs, and follows it. */
export async function startStandby(primaryUrl: string): Promise<Standby> {
  const folder = throwawayFolder("tallystick-standby-");
  const asked = join(folder, "postgres");
  const { dataDir } = place(asked);
  const remove = removeAfterUs(folder, dataDir);
  try {
    await copyCluster(primaryUrl, dataDir);
    const { hostname, port, username, password } = new URL(primaryUrl);
    const conninfo = `host=${hostname} port=${port} user=${username} password=${password}`;
    const server = await startPostgres({
      dataDir: asked,
      durable: false,
      settings: [`primary_conninfo=${conninfo}`, "max_standby_streaming_delay=1s"],
    });
    const control = postgres(server.url, { max: 1, onnotice: () => {} });
    return {
      ...server,
      pause: async () => void (await control`select pg_wal_replay_pause()`),
      resume: async () => void (await control`select pg_wal_replay_resume()`),
      stop: async () => {
        await control.end({ timeout: 1 });
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What the server's manual calls a low-level base backup: the journal makes the copy whole. */
async function copyCluster(url: string, to: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ from: string }[]>`select current_setting('data_directory') as from`;
    const from = row?.from ?? "";
    await sql`select pg_backup_start('standby', true)`;
    copyFolder(from, to);
    const [label] = await sql<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`;
    writeFileSync(join(to, "backup_label"), label?.labelfile ?? "");
    writeFileSync(join(to, "standby.signal"), "");
    const { uid, gid } = statSync(from);
    chownAll(to, uid, gid);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts", "pg_replslot"]);

function copyFolder(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (LEFT_OUT.has(name)) continue;
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      // A table that is dropped meanwhile is gone here too once the journal was read.
      filter: (path) => existsSync(path),
    });
  }
  mkdirSync(join(to, "pg_replslot"), { recursive: true, mode: 0o700 });
  rmSync(join(to, "postmaster.pid"), { force: true });
}

function chownAll(path: string, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) chownAll(join(path, name), uid, gid);
}

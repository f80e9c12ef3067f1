/** A PostgreSQL for tests, campaigns and benches that is gone when they are: also where they are killed. */
import { spawn } from "node:child_process";
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedOptions, type EmbeddedPostgres, SOCKET_FOLDER, startPostgres } from "./embedded";
import { place } from "./embedded-place";

/** A running server with a folder of its own; `stop` removes both. */
export type Throwaway = EmbeddedPostgres & { folder: string };

/** Linux keeps files below it in memory. */
const MEMORY = "/dev/shm";
/** Bytes: the write-ahead log grows to one GiB, a database of the tests has 16 MiB. */
const ROOM = 3 * 1024 ** 3;

/** Starts one in a new folder whose name begins with `prefix`; in memory where nothing has to be durable. */
export async function startThrowaway(
  prefix: string,
  options: Omit<EmbeddedOptions, "dataDir"> = { durable: false },
): Promise<Throwaway> {
  const folder = newFolder(options.durable === false ? roomiest() : tmpdir(), prefix);
  const asked = join(folder, "postgres");
  // Before the server begins: making its cluster takes a second or two.
  const remove = removeAfterUs(folder, place(asked, false).dataDir);
  const server = await startPostgres({ ...options, dataDir: asked }).catch((error: unknown) => {
    remove();
    throw error;
  });
  const stop = async () => {
    await server.stop();
    remove();
  };
  return { ...server, folder, stop };
}

/** A new folder under the system's temporary one. */
export function throwawayFolder(prefix: string): string {
  return newFolder(tmpdir(), prefix);
}

// A database is a thousand files, and each file of the tests makes one and drops it: ext4 looks at every inode that
// was freed within the last minutes before it takes one, which took a third of the processor of a whole run.
function roomiest(): string {
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM && freemem() > ROOM ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

function newFolder(parent: string, prefix: string): string {
  const folder = mkdtempSync(join(parent, prefix));
  // As root the server runs as `nobody`, who must be able to walk through.
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * Has a shell wait for the end of this process, which closes the pipe between them whatever it died of: it stops the
 * server that then runs on `dataDir` and removes everything. Answers what removes it now, when the server has stopped.
 */
export function removeAfterUs(folder: string, dataDir: string): () => void {
  const widow = spawn("sh", ["-c", WIDOW, "sh", folder, dataDir], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
    // Ctrl-C reaches the whole group, and this one has to outlive it.
    detached: true,
  });
  widow.unref();
  return () => {
    widow.kill("SIGKILL");
    for (const path of [folder, dataDir, dataDir + SOCKET_FOLDER])
      rmSync(path, { recursive: true, force: true });
  };
}

// SIGINT is PostgreSQL's fast shutdown; ten seconds, then SIGQUIT.
const WIDOW = `cat > /dev/null
pid=$(head -n 1 "$2/postmaster.pid" 2> /dev/null)
for signal in INT QUIT; do
  tries=0
  while [ -n "$pid" ] && kill -0 "$pid" 2> /dev/null && [ $tries -lt 100 ]; do
    [ $tries -eq 0 ] && kill -$signal "$pid"
    tries=$((tries + 1))
    sleep 0.1
  done
done
rm -rf "$1" "$2" "$2${SOCKET_FOLDER}"`;

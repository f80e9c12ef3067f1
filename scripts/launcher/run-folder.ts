/** Who runs on a data folder: pid files in DATA_DIR/run, so that the next start finds what a killed one left behind. */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Problem } from "./problem";

type Entry = { pid: number; born: string; about?: Record<string, string> };

const LAUNCHER = "launcher";

/** Claims the data folder for this process. Throws a `Problem` when another launcher that lives has it. */
export function claim(dataDir: string, siteUrl: string): void {
  mkdirSync(join(dataDir, "run"), { recursive: true });
  const holder = read(dataDir, LAUNCHER);
  if (holder && holder.pid !== process.pid && alive(holder)) {
    throw new Problem(
      `The shop already runs at ${holder.about?.siteUrl ?? "another port"} on the same data folder (process ${holder.pid}): stop it with Ctrl-C there, or set DATA_DIR to another folder.`,
    );
  }
  remember(dataDir, LAUNCHER, process.pid, { siteUrl });
}

/** Does a launcher, this one or another, live on the data folder? */
export function isClaimed(dataDir: string): boolean {
  const holder = read(dataDir, LAUNCHER);
  return holder !== undefined && alive(holder);
}

/** Where a child that lives listens; undefined when there is none. */
export function addressOf(dataDir: string, name: string): string | undefined {
  const entry = read(dataDir, name);
  return entry && alive(entry) ? entry.about?.url : undefined;
}

/** Notes a child, so that it can be found if this process is killed. `about` is for scripts that want to talk to it. */
export function remember(
  dataDir: string,
  name: string,
  pid: number,
  about: Record<string, string> = {},
): void {
  const entry: Entry = { pid, born: birth(pid), about };
  writeFileSync(fileOf(dataDir, name), JSON.stringify(entry), { mode: 0o600 });
}

/** Strikes a note out. */
export function forget(dataDir: string, name: string): void {
  rmSync(fileOf(dataDir, name), { force: true });
}

/** Ends this process's claim. */
export function release(dataDir: string): void {
  if (read(dataDir, LAUNCHER)?.pid === process.pid) forget(dataDir, LAUNCHER);
}

/** Stops the children of a launcher that was killed; answers their names. */
export async function stopOrphans(dataDir: string): Promise<string[]> {
  const stopped: string[] = [];
  for (const file of readdirSync(join(dataDir, "run"))) {
    const name = file.replace(/\.json$/, "");
    const entry = read(dataDir, name);
    if (name === LAUNCHER || !entry) continue;
    if (alive(entry)) {
      await stop(entry);
      stopped.push(name);
    }
    forget(dataDir, name);
  }
  return stopped;
}

async function stop(entry: Entry): Promise<void> {
  signal(entry, "SIGTERM");
  for (let i = 0; i < 60 && alive(entry); i += 1) await new Promise((next) => setTimeout(next, 50));
  if (alive(entry)) signal(entry, "SIGKILL");
}

// Each child leads a process group of its own, and so takes its children along.
function signal(entry: Entry, name: NodeJS.Signals): void {
  for (const target of [-entry.pid, entry.pid]) {
    try {
      process.kill(target, name);
      return;
    } catch {
      // No such group, or gone already.
    }
  }
}

function read(dataDir: string, name: string): Entry | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir, name), "utf8")) as Entry;
  } catch {
    return undefined;
  }
}

function alive(entry: Entry): boolean {
  try {
    process.kill(entry.pid, 0);
  } catch {
    return false;
  }
  // The system gives numbers out again: same number but born at another time is another program.
  const born = birth(entry.pid);
  return (
    born !== "zombie" && (born === entry.born || (tick(born) === tick(entry.born) && runsNode(entry.pid)))
  );
}

// Where a machine is a container of another, systemd's hardening shows a unit another boot id than a shell sees: then the
// same moment since the start of the machine, and a Node of ours, have to do.
const tick = (born: string): string | undefined => born.split(":")[1];

function runsNode(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === realpathSync(process.execPath);
  } catch {
    return false;
  }
}

/** Start time of a process where the system tells it (Linux), else "". */
function birth(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    if (fields[0] === "Z") return "zombie";
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}:${fields[19]}`;
  } catch {
    return "";
  }
}

function fileOf(dataDir: string, name: string): string {
  return join(dataDir, "run", `${name}.json`);
}

/** A child process that is started again when it dies, and stopped politely at the end. */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { forget, remember } from "./run-folder";

export type ChildSpec = {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string | undefined>;
  dataDir: string;
  /** Its address and the like, for scripts that look into the run folder. */
  about?: Record<string, string>;
  /** Gets every line it prints. */
  onLine?: (line: string) => void;
  /** Told when it died by itself and will be started again after `pauseMs`. */
  onDeath?: (how: string, pauseMs: number) => void;
};

export type Child = {
  name: string;
  /** undefined while it waits to be started again. */
  pid: () => number | undefined;
  /** How often it died by itself. */
  deaths: () => number;
  /** Its last lines. */
  tail: () => string;
  /** SIGTERM, and SIGKILL after `patienceMs`; resolves when it is gone and stays gone. */
  stop: (patienceMs?: number) => Promise<void>;
};

const CALM_MS = 60_000;
/** A little more than children give what they have begun (lib/running/drain.mjs, lib/jobs/worker.ts). */
const PATIENCE_MS = 30_000;

/** Starts and supervises. Pauses double from half a second to 30 s and start over after a calm minute. */
export function startChild(spec: ChildSpec): Child {
  const { name, dataDir } = spec;
  mkdirSync(join(dataDir, "log"), { recursive: true });
  const file = createWriteStream(join(dataDir, "log", `${name}.log`), { flags: "a" });
  // A full disk must not take the shop down with the log.
  file.on("error", () => {});
  let lines: string[] = [];
  let running: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let deaths = 0;
  let streak = 0;

  const hear = (chunk: string) => {
    file.write(chunk);
    for (const line of chunk.split("\n").filter((text) => text.trim())) {
      lines = [...lines.slice(-19), line];
      spec.onLine?.(line);
    }
  };

  const start = () => {
    const begun = Date.now();
    const child = spawn(spec.command, spec.args, {
      env: { ...process.env, ...spec.env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches the launcher alone, which then stops all in the right order.
      detached: true,
    });
    running = child;
    if (child.pid) remember(dataDir, name, child.pid, spec.about);
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    let over = false;
    const ended = (how: string) => {
      if (over) return;
      over = true;
      running = undefined;
      if (stopping) return;
      deaths += 1;
      streak = Date.now() - begun > CALM_MS ? 0 : streak + 1;
      const pauseMs = Math.min(250 * 2 ** streak, 30_000);
      spec.onDeath?.(how, pauseMs);
      timer = setTimeout(start, pauseMs);
    };
    child.once("error", (error) => ended(error.message));
    child.once("exit", (code, signal) => ended(signal ?? `code ${code}`));
  };

  start();
  return {
    name,
    pid: () => running?.pid,
    deaths: () => deaths,
    tail: () => lines.join("\n"),
    async stop(patienceMs = PATIENCE_MS) {
      stopping = true;
      clearTimeout(timer);
      if (running) await end(running, patienceMs);
      file.end();
      forget(dataDir, name);
    },
  };
}

function end(child: ChildProcess, patienceMs: number): Promise<void> {
  return new Promise((done) => {
    const kill = (signal: NodeJS.Signals) => {
      try {
        process.kill(-(child.pid ?? 0), signal);
      } catch {
        child.kill(signal);
      }
    };
    const impatient = setTimeout(() => kill("SIGKILL"), patienceMs);
    child.once("exit", () => {
      clearTimeout(impatient);
      done();
    });
    // The leader alone hears SIGTERM first: it may want to let its own children finish.
    child.kill("SIGTERM");
  });
}

/** A Redis of a test's own, where the system has one: `apt-get install redis-server`. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { connect } from "node:net";
import { freePort } from "@/db/embedded";

export interface TestRedis {
  url: string;
  /** Stops answering, with its connections open, until `resume`. */
  freeze: () => void;
  resume: () => void;
  /** As a crash does: what it held is lost. */
  kill: () => Promise<void>;
  /** Empty, on the same port. */
  startAgain: () => Promise<void>;
}

const PROGRAM = ["redis-server", "valkey-server"].find(
  (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
);

/** Whether there is one; said once where not, so that a skipped test explains itself. */
export const hasRedis = PROGRAM !== undefined;
export const NO_REDIS = "skipped: no redis-server here (apt-get install redis-server)";

/** Starts one that keeps nothing on disk. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child = await start(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    kill: () => ended(child),
    startAgain: async () => {
      child = await start(port);
    },
  };
}

async function start(port: number): Promise<ChildProcess> {
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn(PROGRAM ?? "redis-server", settings, { stdio: "ignore", cwd: "/tmp" });
  process.once("exit", () => child.kill("SIGKILL"));
  while (!(await answers(port))) await new Promise((next) => setTimeout(next, 20));
  return child;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once("exit", () => done());
    child.kill("SIGKILL");
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}

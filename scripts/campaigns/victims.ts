/** Processes to be killed, started ahead: loading the shop takes longer than what they are killed in. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundled } from "../testing/bundled";
import type { Order } from "./kill-child";

const SCRIPT = await bundled("scripts/campaigns/kill-child.ts");
const ROOT = join(import.meta.dirname, "..", "..");

/** Milliseconds for one act; longer means that it hangs. */
const PATIENCE_MS = 30_000;

export interface Death {
  readonly killed: boolean;
  /** Boundaries passed; known only where it lived to tell. */
  readonly passed: number;
  readonly outcome: string;
}

interface Victim {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly lines: AsyncIterator<string>;
  readonly stderr: () => string;
}

/** Keeps `spare` of them ready. */
export class Victims {
  readonly #ready: Victim[] = [];

  constructor(readonly spare: number) {
    for (let i = 0; i < spare; i += 1) this.#ready.push(start());
  }

  /** Gives one its order, and waits until it is dead or done. `afterMs` kills it from outside instead. */
  async run(order: Order, afterMs?: number): Promise<Death> {
    const victim = this.#ready.shift() ?? start();
    const { child, lines, ready } = victim;
    await ready;
    const gone = new Promise<NodeJS.Signals | null>((done) =>
      child.once("exit", (_code, signal) => done(signal)),
    );
    child.stdin?.write(`${JSON.stringify(order)}\n`);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, afterMs ?? PATIENCE_MS);
    const answer = await lines.next();
    clearTimeout(timer);
    if (!answer.done && !isLate) {
      // It lived: its boundary was never reached. It can serve again.
      child.removeAllListeners("exit");
      this.#ready.push(victim);
      return { killed: false, ...(JSON.parse(answer.value) as { passed: number; outcome: string }) };
    }
    this.#ready.push(start());
    const signal = await gone;
    if (signal !== "SIGKILL") throw new Error(`a victim ended by itself: ${victim.stderr()}`);
    if (isLate && afterMs === undefined) throw new Error(`${order.act} hangs: ${victim.stderr()}`);
    return { killed: true, passed: 0, outcome: "killed" };
  }

  close(): void {
    for (const { child } of this.#ready) child.kill("SIGKILL");
  }
}

function start(): Victim {
  const child = spawn(process.execPath, [SCRIPT], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_POOL: "3" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // Written to while it dies.
  child.stdin.on("error", () => {});
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-2_000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ready = lines.next().then(({ value }) => {
    if (value !== "ready") throw new Error(`a victim did not start: ${said}`);
  });
  // Whoever runs it hears of it.
  ready.catch(() => {});
  return { child, ready, lines, stderr: () => said };
}

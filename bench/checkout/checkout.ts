/** bench/checkout: how many orders a second, at which cost, and how near placing comes to its own SQL sent raw. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Measured, median } from "../measure";
import { type HttpLine, runHttp } from "./http";
import { startWorld } from "./world";

type Line = { what: string; kind: string } & Measured;

interface Options {
  readonly seconds: number;
  readonly rounds: number;
  readonly callers: readonly number[];
  readonly only: string | undefined;
}

/** Runs it, prints its tables and answers the figures. */
export async function runCheckout({ seconds, rounds, callers, only }: Options) {
  const lines = only === "http" ? [] : await runServices(seconds, callers, rounds, only !== "place");
  const http: HttpLine[] = only === "services" || only === "place" ? [] : await runHttp(seconds, callers);
  const all: readonly Line[] = [...lines, ...http];
  console.table(
    all.map((line) => ({
      what: line.what,
      product: line.kind,
      "at once": line.callers,
      orders: line.done,
      "orders/s": round(line.rate),
      "CPU ms/order": round(line.cpuMs),
      "p50 ms": round(line.p50Ms),
      "p95 ms": round(line.p95Ms),
      failed: line.failed,
    })),
  );
  const ratios = ratiosOf(lines);
  if (ratios.length > 0) console.table(ratios);
  if (http.length > 0) console.log(`Memory of the web server afterwards: ${http.at(-1)?.memoryMb} MB.`);
  return { lines, http, ratios };
}

/** Runs the part inside Node and answers its lines; progress goes to the terminal. */
async function runServices(
  seconds: number,
  callers: readonly number[],
  rounds: number,
  whole: boolean,
): Promise<Line[]> {
  const world = await startWorld();
  try {
    const told = JSON.stringify({ seconds, callers, rounds, whole, doorPort: world.doorPort });
    const child = spawn(process.execPath, ["--import", "tsx", "bench/checkout/services.ts", told], {
      env: world.env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: Line[] = [];
    for await (const text of createInterface({ input: child.stdout })) {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      console.error(
        `  ${line.what} ${line.kind}, ${line.callers} at once: ${line.rate.toFixed(0)}/s, ${line.cpuMs.toFixed(1)} ms CPU, p50 ${line.p50Ms.toFixed(0)} ms, p95 ${line.p95Ms.toFixed(0)} ms`,
      );
    }
    const code = child.exitCode ?? (await new Promise<number | null>((done) => child.once("exit", done)));
    if (code !== 0) throw new Error(`the part inside Node ended with ${code}`);
    return lines;
  } finally {
    await world.stop();
  }
}

/** The ratios that quality.md asks for, from the lines: medians over the rounds. */
function ratiosOf(lines: readonly Line[]) {
  const rate = (what: string, kind: string, callers: number) =>
    median(
      lines.filter((l) => l.what === what && l.kind === kind && l.callers === callers).map((l) => l.rate),
    );
  return [...new Set(lines.filter(({ what }) => what === "place").map(({ callers }) => callers))].map(
    (callers) => ({
      callers,
      "place : raw": round(rate("place", "random", callers) / rate("raw", "random", callers)),
      "hot : random": round(rate("place", "hot", callers) / rate("place", "random", callers)),
      "raw hot : random": round(rate("raw", "hot", callers) / rate("raw", "random", callers)),
    }),
  );
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

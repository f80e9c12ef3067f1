/** bench/checkout: how many orders a second, at which cost, and how near placing comes to its own SQL sent raw. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Measured, median } from "../measure";
import { startWorld } from "./world";

export type Line = { what: string; kind: string } & Measured;

/** Runs the part inside Node and answers its lines; progress goes to the terminal. */
export async function runServices(
  seconds: number,
  callers: readonly number[],
  rounds: number,
): Promise<Line[]> {
  const world = await startWorld();
  try {
    const told = JSON.stringify({ seconds, callers, rounds, doorPort: world.doorPort });
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
    return lines;
  } finally {
    await world.stop();
  }
}

/** The ratios that quality.md asks for, from the lines: medians over the rounds. */
export function ratiosOf(lines: readonly Line[]) {
  const rate = (what: string, kind: string, callers: number) =>
    median(
      lines.filter((l) => l.what === what && l.kind === kind && l.callers === callers).map((l) => l.rate),
    );
  return [...new Set(lines.filter(({ what }) => what === "place").map(({ callers }) => callers))].map(
    (callers) => ({
      callers,
      placeToRaw: rate("place", "random", callers) / rate("raw", "random", callers),
      hotToRandom: rate("place", "hot", callers) / rate("place", "random", callers),
      rawHotToRandom: rate("raw", "hot", callers) / rate("raw", "random", callers),
    }),
  );
}

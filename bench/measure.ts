/** Runs something over and over from several callers at once and tells how fast it went. */

export interface Measured {
  readonly callers: number;
  readonly done: number;
  readonly failed: number;
  /** Per second of wall time. */
  readonly rate: number;
  /** Milliseconds of this process's CPU for each one. */
  readonly cpuMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Calls `work` from `callers` loops until `seconds` are over or it answers false. */
export async function measure(
  callers: number,
  seconds: number,
  work: () => Promise<boolean | undefined>,
  cpu: () => number = ownCpu,
): Promise<Measured> {
  const times: number[] = [];
  const faults: unknown[] = [];
  const begun = performance.now();
  const before = cpu();
  const until = begun + seconds * 1000;
  const loop = async () => {
    while (performance.now() < until) {
      const start = performance.now();
      try {
        if ((await work()) === false) return;
        times.push(performance.now() - start);
      } catch (error) {
        faults.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, loop));
  const wall = (performance.now() - begun) / 1000;
  if (faults.length > 0) console.error(`${faults.length} failed, the first with:`, faults[0]);
  times.sort((a, b) => a - b);
  return {
    callers,
    done: times.length,
    failed: faults.length,
    rate: times.length / wall,
    cpuMs: (cpu() - before) / Math.max(1, times.length),
    p50Ms: times[Math.floor(times.length * 0.5)] ?? 0,
    p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
  };
}

/** Milliseconds of user and system time that this process has used. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The median of a few numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Whole milliseconds that `run` takes: the median of `rounds`. */
export async function medianMs(rounds: number, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const begun = performance.now();
    await run();
    times.push(performance.now() - begun);
  }
  return Math.round(median(times));
}

/** The same once everything is warm; null where it is cut off by its limit. */
export const warmMs = (rounds: number, run: () => Promise<unknown>): Promise<number | null> =>
  run()
    .then(() => medianMs(rounds, run))
    .catch(() => null);

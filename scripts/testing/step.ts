/** One step of `npm test`: a command of ours or of a tool, run with this Node. */
import { spawn } from "node:child_process";

export type Count = {
  passed: number;
  failed: number;
  skipped?: number;
  /** Name and first lines of what failed, told again at the very end: a long log is often cut to its tail. */
  failures?: string[];
};

export type StepContext = {
  root: string;
  /** File names to narrow the run down to; empty for all. */
  files: string[];
  signal: AbortSignal;
  /** Takes what is said, where several steps run at once; else it is shown as it comes. */
  say?: (text: string) => void;
};

/** Runs a JavaScript file with its output shown, and counts it as one test. */
export async function command(context: StepContext, file: string, args: string[]): Promise<Count> {
  const code = await runNode(context, file, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs a JavaScript file with its output shown; answers its exit code, 1 where a signal ended it. */
export function runNode(
  { root, signal, say }: StepContext,
  file: string,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<number> {
  return new Promise((done) => {
    const out = say ? "pipe" : "inherit";
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
      stdio: ["ignore", out, out],
      signal,
    });
    if (say) for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", say);
    child.once("error", () => done(1));
    child.once("close", (code) => done(code ?? 1));
  });
}

/** Runs one of the shop's scripts to its end, in a process of its own. */
import { spawn } from "node:child_process";

type Options = {
  /** Hears its last line. */
  note?: (line: string) => void;
  signal?: AbortSignal | undefined;
  /** Begins the error when it fails. */
  what: string;
};

/** Resolves when it is done with code 0. Throws an `Error` with what it said otherwise. */
export function runScript(
  root: string,
  file: string,
  env: Record<string, string>,
  { note, signal, what }: Options,
): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ["--import", "tsx", file], {
      cwd: root,
      env: { ...process.env, ...env, APP_NAME: "tallystick-seed" },
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    });
    let said = "";
    const hear = (chunk: string) => {
      said = (said + chunk).slice(-6_000);
      const line = chunk.trim().split("\n").at(-1);
      if (line) note?.(line.slice(0, 80));
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.once("error", failed);
    child.once("close", (code) => (code === 0 ? done() : failed(new Error(`${what}:\n${said}`))));
  });
}

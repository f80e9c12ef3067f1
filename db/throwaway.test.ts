import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";

/** Begins a throw-away server in a process of its own, and tells of it. */
const SCRIPT = `
  const { startThrowaway } = await import("./db/throwaway.ts");
  const { pid, folder } = await startThrowaway("tallystick-orphan-");
  console.log(JSON.stringify({ pid, folder }));
  setInterval(() => {}, 1_000);`;

const isThere = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it("is stopped and removed when the process that began it was killed", async () => {
  const args = ["--import", "tsx", "--input-type=module", "--eval", SCRIPT];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const { pid, folder } = JSON.parse(String(value)) as { pid: number; folder: string };
  expect([isThere(pid), existsSync(folder)]).toEqual([true, true]);
  child.kill("SIGKILL");
  for (let i = 0; i < 600 && (isThere(pid) || existsSync(folder)); i += 1) await pause(100);
  expect([isThere(pid), existsSync(folder)]).toEqual([false, false]);
});

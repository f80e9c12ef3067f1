/** What the launcher starts, as it dies: killed or ended by itself it is there again, and stopped it stays gone. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Child, startChild } from "./child";

const dataDir = mkdtempSync(join(tmpdir(), "launcher-child-"));
mkdirSync(join(dataDir, "run"));
const children: Child[] = [];
afterAll(async () => {
  for (const child of children) await child.stop(0);
  rmSync(dataDir, { recursive: true, force: true });
});

/** However slow the machine is. */
const LONG = { timeout: 30_000 };

/** A child that says that it is there, and what happened to it. */
function start(script: string) {
  const said: string[] = [];
  const died: string[] = [];
  const child = startChild({
    name: `child-${children.length}`,
    command: process.execPath,
    args: ["-e", script],
    env: {},
    dataDir,
    onLine: (line) => said.push(line),
    onDeath: (how) => died.push(how),
  });
  children.push(child);
  return { child, said, died };
}

test("a child that is killed is started again, as another process, and stays gone once it is stopped", async () => {
  const { child, said, died } = start("console.log('here'); setInterval(() => {}, 1_000)");
  await expect.poll(() => said, LONG).toEqual(["here"]);
  const first = child.pid();
  process.kill(first ?? 0, "SIGKILL");
  await expect.poll(() => said, LONG).toEqual(["here", "here"]);
  expect(child.pid()).not.toBe(first);
  expect([died, child.deaths()]).toEqual([["SIGKILL"], 1]);
  await child.stop();
  expect([child.deaths(), died, said]).toEqual([1, ["SIGKILL"], ["here", "here"]]);
});

test("a child that ends by itself is one that died", async () => {
  const { said, died } = start("console.log('here'); process.exit(3)");
  await expect.poll(() => said.length, LONG).toBeGreaterThan(1);
  expect(died[0]).toBe("code 3");
});

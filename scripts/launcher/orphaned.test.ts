import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "tallystick orphaned "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a script whose npm was told to stop hears of it, though the shell between them tells nobody", async () => {
  const [script, ready, told] = ["script.ts", "ready", "told"].map((name) => join(folder, name));
  writeFileSync(
    script ?? "",
    `import { writeFileSync } from "node:fs";
     import { whenOrphaned } from ${JSON.stringify(pathToFileURL(join(process.cwd(), "scripts/launcher/orphaned.ts")).href)};
     const work = setInterval(() => {}, 1000);
     whenOrphaned(() => { writeFileSync(${JSON.stringify(told)}, ""); clearInterval(work); });
     writeFileSync(${JSON.stringify(ready)}, "");`,
  );
  // What stands behind it keeps the shell from becoming the script.
  const shell = spawn("sh", ["-c", `"$0" --import tsx "$1"; true`, process.execPath, script ?? ""], {
    env: { ...process.env, npm_lifecycle_event: "start" },
    stdio: "ignore",
  });
  await expect.poll(() => existsSync(ready ?? ""), { timeout: 30_000 }).toBe(true);
  shell.kill("SIGTERM");
  await expect.poll(() => existsSync(told ?? ""), { timeout: 30_000 }).toBe(true);
});

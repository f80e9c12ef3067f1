/** The previous release's app on this release's schema: what runs while an upgrade goes from server to server. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../install.mjs";

/** Browsing, cart, checkout with and without scripts, the payment's webhook; then the old doctor reads the books. */
const JOURNEYS = ["catalog", "checkout-card", "checkout-cash", "checkout-nojs"].map(
  (name) => `e2e/${name}.spec.ts`,
);

/**
 * Checks `ref` out beside us, gives it our migrations, and runs its own core journeys. Answers whether they hold.
 * @throws where git does not know the ref
 */
export function upgradeFrom(ref: string = previousRelease()): boolean {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-upgrade-"));
  try {
    console.log(`  ${git("log", "-1", "--format=%h %s", ref)}`);
    const archive = execFileSync("git", ["archive", ref], { cwd: ROOT, maxBuffer: 1 << 30 });
    execFileSync("tar", ["-x", "-C", folder], { input: archive });
    const before = readFileSync(join(folder, "db/migrations/meta/_journal.json"), "utf8");
    rmSync(join(folder, "db/migrations"), { recursive: true });
    cpSync(join(ROOT, "db/migrations"), join(folder, "db/migrations"), { recursive: true });
    console.log(`  migrations that it does not know: ${newMigrations(before).join(", ") || "none"}`);
    bringPackages(folder);
    const run = spawnSync(process.execPath, ["scripts/test.mjs", "--only", "e2e", ...JOURNEYS], {
      cwd: folder,
      stdio: "inherit",
    });
    return run.status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last tag; where there is none, what was there before the latest migration. */
function previousRelease(): string {
  const tag = spawnSync("git", ["describe", "--tags", "--abbrev=0", "HEAD^"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (tag.status === 0) return tag.stdout.trim();
  const latest = tags(readFileSync(join(ROOT, "db/migrations/meta/_journal.json"), "utf8")).at(-1);
  const added = git("log", "-1", "--diff-filter=A", "--format=%H", "--", `db/migrations/${latest}.sql`);
  return `${added}^`;
}

function newMigrations(before: string): string[] {
  const known = new Set(tags(before));
  return tags(readFileSync(join(ROOT, "db/migrations/meta/_journal.json"), "utf8")).filter(
    (tag) => !known.has(tag),
  );
}

const tags = (journal: string): string[] =>
  (JSON.parse(journal) as { entries: { tag: string }[] }).entries.map(({ tag }) => tag);

// Ours where they are the same, as links that take no room; otherwise its own.
function bringPackages(folder: string): void {
  const lock = (root: string) => readFileSync(join(root, "package-lock.json"), "utf8");
  if (lock(folder) === lock(ROOT))
    execFileSync("cp", ["-al", join(ROOT, "node_modules"), join(folder, "node_modules")]);
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
}

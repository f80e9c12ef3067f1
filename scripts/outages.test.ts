/** docs/outages.md names tests: they have to be there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CAMPAIGNS } from "./campaigns/list";
import { ROOT } from "./install.mjs";

test("each row of docs/outages.md names a test that exists", () => {
  const rows = readFileSync(join(ROOT, "docs/outages.md"), "utf8")
    .split("\n")
    .filter((line) => /^\| (?!down|---)/.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(10);
  for (const row of rows) {
    const last = row.split("|").at(-2) ?? "";
    const files = [...last.matchAll(/`((?:app|db|lib|scripts|e2e)\/[\w./-]+)`/g)].map(
      (found) => found[1] ?? "",
    );
    const campaigns = [...last.matchAll(/`npm run campaign -- (\w+)`/g)].map((found) => found[1] ?? "");
    expect(files.length + campaigns.length, row).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true);
    for (const name of campaigns) expect(Object.keys(CAMPAIGNS)).toContain(name);
  }
});

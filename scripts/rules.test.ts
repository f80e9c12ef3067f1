import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = mkdtempSync(join(tmpdir(), "tallystick-rules-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** file → what it imports → the rule that must fail; "" where nothing must. */
const PLANTED: [from: string, to: string, rule: string][] = [
  ["db/client.ts", "@/lib/env", "db-stands-alone"],
  ["db/seed/seed.ts", "@/lib/services/orders", ""],
  ["lib/domain/money.ts", "drizzle-orm", "domain-is-pure"],
  ["lib/domain/orders.ts", "@/lib/services/orders", "domain-is-pure"],
  ["lib/domain/tax.ts", "zod", ""],
  ["lib/services/a.ts", "next", "below-the-web"],
  ["lib/services/b.ts", "@/lib/queries/catalog", "below-the-web"],
  ["lib/jobs/c.ts", "@/lib/session", "below-the-web"],
  ["lib/services/d.ts", "react", "no-react-below"],
  ["components/cart/line.tsx", "@/lib/queries/catalog", "components-only-draw"],
  ["components/cart/form.tsx", "@/lib/actions/cart", ""],
  ["components/ui/button.tsx", "@/components/cart/line", "ui-knows-no-shop"],
  ["components/cart/back.tsx", "next/link", "one-link"],
  ["app/page.tsx", "@/lib/services/orders", "pages-read-through-queries"],
  ["app/api/pay/route.ts", "@/lib/services/orders", ""],
  ["app/cart/page.tsx", "@/db/client", "no-database-above"],
  ["lib/actions/cart.ts", "drizzle-orm", "no-database-above"],
  ["lib/actions/orders.ts", "@/lib/queries/catalog", "actions-call-services"],
  ["lib/queries/catalog.ts", "@/lib/services/orders", "queries-only-read"],
  ["lib/storage.ts", "@/db/client", "few-know-the-database"],
  ["lib/services/e.ts", "@/lib/jobs/c", "jobs-belong-to-the-worker"],
  ["lib/actions/admin.ts", "@/lib/system", "system-acts-behind-doors"],
  ["lib/services/f.ts", "@/lib/domain/mint", "actors-are-minted-at-the-doors"],
  ["lib/gateway/sandbox/server.ts", "@/lib/env", "sandbox-is-another-company"],
  ["lib/gateway/stripe.ts", "@/lib/gateway/sandbox/server", "nobody-imports-the-sandbox"],
  ["lib/services/ledger/post.ts", "@/lib/services/checkout", "staircase-ledger"],
  ["lib/services/inventory.ts", "@/lib/services/orders", "staircase-inventory"],
  ["lib/services/checkout.ts", "@/lib/services/inventory", ""],
  ["lib/one.ts", "@/lib/two", "no-circles"],
  // A circle is told once, from where it was entered.
  ["lib/two.ts", "@/lib/one", ""],
  ["lib/money.ts", "@/lib/env.test", "no-tests-inside"],
  ["lib/lost.ts", "@/lib/nowhere", "resolvable"],
];
const TYPES_ONLY: [from: string, to: string][] = [
  ["components/cart/total.tsx", "@/lib/queries/catalog"],
  ["lib/domain/shape.ts", "@/db/client"],
];

/** A circle of types alone; which of the two it is told of is the checker's choice. */
const TYPE_CIRCLE: [from: string, to: string][] = [
  ["lib/three.ts", "@/lib/four"],
  ["lib/four.ts", "@/lib/three"],
];

function put(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

test("planted breaches fail, each under its rule, and what is allowed passes", () => {
  for (const file of [
    "lib/env.ts",
    "lib/env.test.ts",
    "lib/session.ts",
    "lib/system.ts",
    "lib/domain/mint.ts",
    "lib/services/orders.ts",
  ]) {
    put(file, "export const x = 1;\n");
  }
  for (const name of ["next", "react", "zod", "drizzle-orm"]) {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    put(`node_modules/${name}/index.js`, "exports.x = 1;\n");
  }
  put("node_modules/next/link.js", "exports.x = 1;\n");
  put(
    "package.json",
    JSON.stringify({ dependencies: { next: "1", react: "1", zod: "1", "drizzle-orm": "1" } }),
  );
  for (const [from, to] of PLANTED) put(from, `import { x as y } from "${to}";\nexport const x = y;\n`);
  for (const [from, to] of [...TYPES_ONLY, ...TYPE_CIRCLE])
    put(from, `import type { x as y } from "${to}";\nexport type X = typeof y;\n`);

  const run = spawnSync(process.execPath, ["scripts/rules.mjs", root], { encoding: "utf8" });
  expect(run.status, run.stderr).toBe(1);
  const found = (from: string) =>
    run.stdout
      .split("\n")
      .filter((line) => line.includes(`: ${from} → `))
      .map((line) => line.split(":")[0]);
  for (const [from, to, rule] of PLANTED) {
    expect(found(from), `${from} imports ${to}`).toEqual(rule ? expect.arrayContaining([rule]) : []);
  }
  expect(TYPE_CIRCLE.flatMap(([from]) => found(from))).toEqual(["no-circles"]);
  for (const [from] of TYPES_ONLY) expect(found(from)).toEqual([]);
});

// Checks the import rules of .dependency-cruiser.cjs: `node scripts/rules.mjs [FOLDER]`.
// dependency-cruiser reads TypeScript through TypeScript's own JavaScript API, which version 7 no longer has:
// it alone is given the old one, under the name typescript-api.
import Module, { createRequire, register } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const resolveFilename = Module._resolveFilename;
const swap = (name) => (/^typescript(\/|$)/.test(name) ? name.replace("typescript", "typescript-api") : name);
Module._resolveFilename = function (name, ...rest) {
  return resolveFilename.call(this, swap(name), ...rest);
};
register(
  `data:text/javascript,${encodeURIComponent(
    `export const resolve = (name, context, next) => next(name === "typescript" ? "typescript-api" : name, context);`,
  )}`,
  import.meta.url,
);

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const root = resolve(process.argv[2] ?? ROOT);
const { cruise } = await import("dependency-cruiser");
const FOLDERS = [
  "app",
  "bench",
  "components",
  "db",
  "e2e",
  "lib",
  "scripts",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.ts",
];
const { existsSync } = await import("node:fs");

const result = await cruise(
  FOLDERS.filter((name) => existsSync(join(root, name))),
  {
    baseDir: root,
    validate: true,
    ruleSet: require(join(ROOT, ".dependency-cruiser.cjs")),
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)\\.next|^db/migrations/" },
  },
  {
    alias: { "@": root.replace(/\/$/, "") },
    extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts", ".json"],
    conditionNames: ["import", "require", "node", "types", "default"],
    exportsFields: ["exports"],
  },
);
const { violations, totalCruised } = result.output.summary;
for (const { rule, from, to, cycle } of violations) {
  const comment = result.output.summary.ruleSetUsed.forbidden.find(({ name }) => name === rule.name)?.comment;
  console.log(
    `${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name ?? step).join(" → ") : to}  (${comment})`,
  );
}
console.log(`${violations.length} breaches in ${totalCruised} files`);
process.exit(violations.length > 0 ? 1 : 0);

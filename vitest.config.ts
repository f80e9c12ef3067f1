import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
// Pure code needs no database; every other file gets a copy of the migrated one (db/testing).
const PURE = [
  "lib/domain/**/*.test.ts",
  "lib/{csp,edge,running}/**/*.test.ts",
  "components/**/*.test.{ts,tsx}",
];
const NEVER = ["**/node_modules/**", "**/.next*/**", "e2e/**"];
// What a test changes about its process, no other file may find changed.
const CHANGES =
  /process\.env[.[\]\w"]* (?:\?\?)?= |process\.env = |(?:delete |assign\()process\.env|vi\.(?:mock|doMock|resetModules|stub|useFake|hoisted)|globalThis\.\w+ =|runCampaign|In a process of its own/;
const tests = ["app", "db", "lib", "scripts"]
  .flatMap((folder) =>
    readdirSync(root + folder, { recursive: true }).map((name) => `${folder}/${String(name)}`),
  )
  .filter((path) => /\.test\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(root + path, "utf8") }));
const patternsOf = (chosen: typeof tests) => chosen.map(({ path }) => path.replace(/[()[\]]/g, "\\$&"));
const APART = patternsOf(tests.filter(({ text }) => CHANGES.test(text)));

const database = {
  globalSetup: ["db/testing/global-setup.ts"],
  setupFiles: ["db/testing/own-database.ts"],
  // It imports "next/server" without an ending, which Node alone does not find.
  server: { deps: { inline: ["next-auth"] } },
  // A limit for what hangs: the slowest takes seconds on a quiet machine and ten times as long on a busy one.
  testTimeout: 90_000,
  hookTimeout: 90_000,
};

export default defineConfig({
  // The same for all projects, so that each module is read once (fsModuleCache).
  resolve: {
    alias: [
      // Pages are drawn without a server of Next around them.
      { find: /^next\/(headers|cache|navigation)$/, replacement: `${root}db/testing/next/$1.ts` },
      { find: /^@\/lib\/action$/, replacement: `${root}db/testing/next/action.ts` },
      { find: /^@\//, replacement: root },
      // Throws outside a server component on purpose; tests are the server.
      { find: /^server-only$/, replacement: `${root}db/testing/server-only.ts` },
    ],
  },
  test: {
    maxWorkers: 2,
    experimental: { fsModuleCache: true },
    // A campaign's list of what went wrong is told whole: it may not happen again.
    chaiConfig: { truncateThreshold: 0 },
    projects: [
      { extends: true, test: { name: "pure", include: PURE, exclude: NEVER, testTimeout: 60_000 } },
      {
        extends: true,
        // A process loads the shop once and keeps it for its next file.
        test: {
          name: "database",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...NEVER, ...PURE, ...APART],
          isolate: false,
          provide: { isShared: true },
          ...database,
        },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: APART,
          exclude: [...NEVER, ...PURE],
          provide: { isShared: false },
          ...database,
        },
      },
    ],
  },
});

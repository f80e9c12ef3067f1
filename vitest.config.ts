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

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // Throws outside a server component on purpose; tests are the server.
      { find: /^server-only$/, replacement: `${root}db/testing/server-only.ts` },
    ],
  },
  test: {
    maxWorkers: 2,
    // A campaign's list of what went wrong is told whole: it may not happen again.
    chaiConfig: { truncateThreshold: 0 },
    projects: [
      { extends: true, test: { name: "pure", include: PURE, exclude: NEVER, testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: "database",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...NEVER, ...PURE],
          globalSetup: ["db/testing/global-setup.ts"],
          setupFiles: ["db/testing/own-database.ts"],
          // It imports "next/server" without an ending, which Node alone does not find.
          server: { deps: { inline: ["next-auth"] } },
          // A limit for what hangs: the slowest takes seconds on a quiet machine and ten times as long on a busy one.
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});

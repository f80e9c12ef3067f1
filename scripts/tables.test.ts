/** docs/tables.md says what the migrated database has. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sql } from "@/db/client";
import { TABLES_FILE, tablesDocument } from "./tables";

test("docs/tables.md is fresh: npm run db:docs writes it", async () => {
  expect(readFileSync(TABLES_FILE, "utf8")).toBe(await tablesDocument(sql));
});

import { expect, test } from "vitest";
import { sql } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { buildAhead } from "./db-ahead";

const url = () => requireEnv("DATABASE_URL");
const INDEX = "-- why\nCREATE INDEX CONCURRENTLY IF NOT EXISTS ahead_idx ON orders (email);";

test("an index is built once; one that was left half built is built anew; nothing else is run", async () => {
  expect(await buildAhead(url(), INDEX)).toEqual(["ahead_idx"]);
  expect(await buildAhead(url(), INDEX)).toEqual([]);
  await sql`update pg_index set indisvalid = false where indexrelid = 'ahead_idx'::regclass`;
  expect(await buildAhead(url(), INDEX)).toEqual(["ahead_idx"]);
  await expect(buildAhead(url(), "DROP TABLE orders;")).rejects.toThrow(/alone, not: DROP TABLE/);
  expect(await buildAhead(url(), "-- nothing\n")).toEqual([]);
});

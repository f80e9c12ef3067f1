import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { connect, sql } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { migrate } from "./migrate";

const folder = mkdtempSync(join(tmpdir(), "tallystick-migrations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a migration that finds its table locked gives way to those behind it, and is there in the end", async () => {
  mkdirSync(join(folder, "meta"));
  const entry = { idx: 0, version: "7", when: 4_102_444_800_000, tag: "0000_late", breakpoints: true };
  writeFileSync(
    join(folder, "meta/_journal.json"),
    JSON.stringify({ version: "7", dialect: "postgresql", entries: [entry] }),
  );
  writeFileSync(join(folder, "0000_late.sql"), 'ALTER TABLE "settings" ADD COLUMN "late" text;');
  // A connection of its own: postgres.js never answers `reserve` on one that it opened again.
  const holder = connect(requireEnv("DATABASE_URL"), { max: 1 });
  await holder`begin`;
  await holder`lock table settings in access share mode`;
  const migrated = migrate(requireEnv("DATABASE_URL"), folder);
  const waiting = async () =>
    (
      await sql`select 1 from pg_stat_activity where application_name = 'tallystick-migrate' and wait_event_type = 'Lock'
      and datname = current_database()`
    ).length > 0;
  while (!(await waiting()));
  // It gives way by itself; until then this read waits behind it.
  await sql`select count(*) from settings`;
  while (await waiting());
  await holder`commit`;
  await holder.end();
  await migrated;
  expect(
    await sql`select column_name from information_schema.columns where table_name = 'settings' and column_name = 'late'`,
  ).toHaveLength(1);
});

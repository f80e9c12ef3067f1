/** Shops that had two memberships of one name before names were unique: the migration tells the later ones apart. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sql } from "@/db/client";
import { newId } from "@/db/id";

test("the later of two memberships of one name is named anew, and then every name is one membership's", async () => {
  const migration = readFileSync("db/migrations/0031_membership_names.sql", "utf8");
  const [early, late, other] = [newId(), newId(), newId()];
  await sql`drop index membership_tiers_name_key`;
  for (const [id, name] of [
    [early, "Gold"],
    [late, "gold"],
    [other, "Silver"],
  ] as const)
    await sql`insert into membership_tiers ${sql({ id, code: id, name })}`;
  for (const statement of migration.split("--> statement-breakpoint")) await sql.unsafe(statement);
  const rows = await sql<{ name: string }[]>`select name from membership_tiers order by id`;
  expect(rows.map(({ name }) => name)).toEqual(["Gold", `gold (${late.slice(-6)})`, "Silver"]);
  await expect(
    sql`insert into membership_tiers ${sql({ id: newId(), code: "x", name: "SILVER" })}`,
  ).rejects.toThrow(/membership_tiers_name_key/);
});

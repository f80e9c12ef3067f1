/** What the database spends its time on: the page for admins and the command, which show the same. */
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { comeAs, pageOf, wordsOf } from "@/db/testing/front-door";
import { command } from "@/scripts/testing/command";
import AdminSlow from "./slow/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

it("says what to do where nothing is counted; the command does it, and both tell the costly statement first", async () => {
  await comeAs(world.id.admin);
  expect(wordsOf(await pageOf(AdminSlow))).toContain("Statements are not counted yet: run `npm run db:slow`");

  const first = await command("db-slow", "--reset");
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("counting begins anew");
  await sql`select count(*) as lamps from generate_series(1, 400000) g where g::text like ${"%secret-value%"}`;
  await sql`select 1 as quick`;

  const said = wordsOf(await pageOf(AdminSlow, { by: "mean" }));
  expect(said).not.toContain("not counted");
  const [, statement = ""] = /\nRows\n(.*)\n/.exec(said) ?? [];
  expect(statement).toMatch(/lamps from generate_series/);
  expect(said).not.toContain("secret-value");

  const { code, out } = await command("db-slow", "--by", "mean");
  expect(code).toBe(0);
  const [head = "", row = ""] = out.split("\n");
  expect(head).toMatch(/calls +mean ms +max ms +share +statement/);
  expect(row).toMatch(/^ +[\d.]+ +1 +[\d.]+ +[\d.]+ +\d+ % {2}select count\(\*\) as lamps/);
  expect(out).not.toContain("secret-value");
});

it("is for admins", async () => {
  await comeAs(world.id.line);
  expect(wordsOf(await pageOf(AdminSlow))).toContain("No line crosses here.");
});

it("the command refuses another order with a sentence", async () => {
  const { code, err } = await command("db-slow", "--by", "colour");
  expect(code).toBe(1);
  expect(err).toMatch(/^--by takes total, mean or calls\./);
});

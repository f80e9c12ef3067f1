import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { connect } from "../client";
import { wrongInTheBooks } from "../testing/books";
import { corruptions } from "../testing/corruptions";
import { richWorld } from "../testing/rich";
import { books } from "./all";
import type { Broken } from "./check";

let gateway: TestGateway;
const sql = connect(process.env.DATABASE_URL ?? "", { max: 1 });
beforeAll(async () => {
  gateway = await startGateway();
  await richWorld(gateway);
});
afterAll(async () => {
  await sql.end();
  await gateway.close();
});

it("finds nothing in a world that the services made", async () => {
  expect(await wrongInTheBooks()).toEqual([]);
});

it("has one title per check, and a breach that each check finds", () => {
  const titles = books.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect([...new Set(corruptions.map(({ check }) => check))].sort()).toEqual([...titles].sort());
});

/** Plants a breach with triggers off, lets one check read, and takes it back. */
async function plant(statement: string, title: string): Promise<{ ids: string[]; named: string[] }> {
  const undone = new Error("undone");
  const check = books.find((candidate) => candidate.title === title);
  let ids: string[] = [];
  let named: string[] = [];
  await sql
    .begin(async (tx) => {
      const planted = `SET LOCAL session_replication_role = replica; ${statement}`;
      const answers = (await tx.unsafe(planted)) as unknown as { id?: string }[][];
      ids = (answers.at(-1) ?? []).map(({ id }) => String(id));
      named = ((await tx.unsafe(check?.sql ?? "")) as unknown as Broken[]).map(({ id }) => id);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return { ids, named };
}

describe("a breach that was planted", () => {
  it.each(corruptions.map((corruption, i) => ({ ...corruption, name: `${i + 1}: ${corruption.check}` })))(
    "$name",
    async ({ check, sql: statement }) => {
      const { ids, named } = await plant(statement, check);
      expect(ids).not.toEqual([]);
      expect(named).toContain(ids[0]);
    },
  );
});

it("is clean again afterwards", async () => {
  expect(await wrongInTheBooks()).toEqual([]);
});

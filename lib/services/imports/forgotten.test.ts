import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { getImport } from "@/lib/queries/admin/imports";
import { systemActor } from "@/lib/system";
import { sweepImportFiles } from "./forgotten";
import { draftPlace, placeOf } from "./kept-file";
import { check, resume, start, stop, takeIn, undo } from "./steps";
import { workOn } from "./work";

const system = systemActor("job");
const GOODS = "Handle,Title,Variant Price\nfg-a,A,10\nfg-b,B,12\n";
const PEOPLE =
  "Customer ID,First Name,Last Name,Email,Accepts Email Marketing\n1,Grace,Hopper,fg@navy.example,yes\n";
const ORDERS =
  "Name,Email,Created at,Total,Currency,Lineitem name\n#1,fg@navy.example,2026-05-01 10:00:00 +0200,5,EUR,A\n";
const COLUMNS = ["handle", "title", "price"];
let world: Cast;

beforeAll(async () => {
  world = await cast();
});

async function sent(text: string): Promise<string> {
  const path = await draftPlace();
  writeFileSync(path, text);
  return takeIn(world.admin, { path, fileName: "kept.csv" });
}

async function tried(text: string): Promise<string> {
  const importId = await sent(text);
  await check(world.admin, { importId, columns: COLUMNS, setStock: false, images: false });
  await workOn(system, importId);
  expect(await stateOf(importId)).toMatchObject({ status: "checked" });
  return importId;
}

const stateOf = (importId: string) => getImport(world.admin, importId);

/** As if the import and its file had lain there for so many days. */
async function lieFor(days: number, ...ids: string[]): Promise<void> {
  await sql`update imports set updated_at = shop_now() - make_interval(days => ${days}::int) where id = any (${ids})`;
  for (const id of ids) age(placeOf(id), days);
}

function age(path: string, days: number): void {
  const then = Date.now() / 1_000 - days * 86_400;
  if (existsSync(path)) utimesSync(path, then, then);
}

it("gives up a trial that nobody went on with: people's after a week, goods' after a month", async () => {
  const [people, waiting, goods] = [await tried(PEOPLE), await sent(ORDERS), await tried(GOODS)];
  await lieFor(6, people, waiting, goods);
  expect(await sweepImportFiles(system)).toBe(0);
  await lieFor(8, people, waiting, goods);
  expect(await sweepImportFiles(system)).toBe(2);
  expect([people, waiting, goods].map((id) => existsSync(placeOf(id)))).toEqual([false, false, true]);
  expect(await sql`select distinct import_id as id from import_files`).toEqual([{ id: goods }]);
  expect(await stateOf(people)).toMatchObject({
    status: "failed",
    message: "Nobody went on with it for 7 days, so its file was removed. Send it again to import it.",
  });
  // It is over: a trial did nothing that could be gone on with or undone.
  for (const further of [start, resume, undo])
    await expect(further(world.admin, people)).rejects.toMatchObject({ code: "illegal_transition" });
  expect(await stateOf(goods)).toMatchObject({ status: "checked" });
  await lieFor(31, goods);
  expect(await sweepImportFiles(system)).toBe(1);
  expect(existsSync(placeOf(goods))).toBe(false);
  expect(await stateOf(goods)).toMatchObject({
    status: "failed",
    message: expect.stringContaining("30 days"),
  });
});

it("keeps what a step may still read, and removes what none does", async () => {
  const [stopped, done, running] = [await tried(GOODS), await tried(GOODS), await tried(GOODS)];
  await start(world.admin, stopped);
  await workOn(system, stopped, { sliceMs: 0 });
  await start(world.admin, running);
  await sql`update imports set groups_done = 1 where id = ${stopped}`;
  await stop(world.admin, stopped);
  await start(world.admin, done);
  await workOn(system, done);
  await lieFor(29, stopped, done, running);
  const draft = await draftPlace();
  const foreign = draft.replace(/[^/]+$/, "notes.csv");
  const young = placeOf(newId());
  for (const path of [draft, foreign, young]) writeFileSync(path, "x");
  age(draft, 2);
  age(foreign, 99);
  expect(await sweepImportFiles(system)).toBe(2);
  expect([draft, placeOf(done)].map((path) => existsSync(path))).toEqual([false, false]);
  for (const path of [placeOf(stopped), placeOf(running), foreign, young])
    expect(existsSync(path), path).toBe(true);
  await lieFor(31, stopped, running);
  age(young, 2);
  expect(await sweepImportFiles(system)).toBe(2);
  expect(existsSync(placeOf(running))).toBe(true);
});

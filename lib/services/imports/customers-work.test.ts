import { existsSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { sendFile, workThrough } from "@/db/testing/imported";
import { getImport, listImportRows, listImports } from "@/lib/queries/admin/imports";
import { systemActor } from "@/lib/system";
import { placeOf } from "./kept-file";
import { check, start, stop, undo } from "./steps";
import { workOn } from "./work";

const system = systemActor("job");
const FILE = `Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Address1,Default Address City,Default Address Country Code,Default Address Zip,Phone,Note,Tags
'1,Grace,Hopper,Grace@Navy.example,yes,Torstraße 1,Berlin,DE,'10119,'+4930123456,Likes lace,vip
'2,Bad,Mail,not an address,no,,,,,,,
'3,Off,Map,off@example.org,yes,Street 1,Berlin,DE,ABC,12,,
'4,Ada,Other,ADA@example.com,yes,,,,,,Old friend,
'5,The,Boss,admin@example.com,yes,,,,,,,
'6,Grace,Again,grace@navy.example,no,,,,,,,
`;
const OUTCOMES = ["2 created", "3 failed", "4 created", "5 updated", "6 skipped", "7 skipped"];
let world: Cast;

beforeAll(async () => {
  world = await cast();
});

const people =
  () => sql`select u.id, u.email, u.first_name, u.last_name, u.phone, u.marketing_opt_in, u.staff_note, u.version,
  (select count(*)::int from addresses a where a.user_id = u.id) as addresses from users u order by lower(u.email)`;

const sent = (staff = world.admin) => sendFile(staff, "people.csv", FILE);

const choice = (importId: string) => ({ importId, columns: [], setStock: false, images: false });
const cardOf = (importId: string) => getImport(world.admin, importId);
const rowsOf = (importId: string) =>
  listImportRows(world.admin, importId, { view: "all", page: 1, pageSize: 40, currency: "EUR" });

it("is told by its head, tried by row, imported by many jobs as by one, and taken back", async () => {
  const before = await people();
  const importId = await sent();
  expect(await cardOf(importId)).toMatchObject({ format: "customers", status: "waiting", ownerName: null });
  await check(world.admin, choice(importId));
  expect(await workThrough(importId)).toBeGreaterThan(4);
  expect(await cardOf(importId)).toMatchObject({
    status: "checked",
    rowsDone: 6,
    rowsTotal: 6,
    counts: { all: 6, created: 2, updated: 1, unchanged: 0, skipped: 2, failed: 1 },
  });
  const told = async () => (await rowsOf(importId)).map(({ lines, outcome }) => `${lines} ${outcome}`);
  expect(await told()).toEqual(OUTCOMES);
  expect((await rowsOf(importId)).map(({ fills, message }) => [fills, message])).toEqual([
    ["first name, last name, phone, note for staff, address", null],
    ["", "no e-mail address, or one that is none"],
    ["first name, last name", "phone left out: it cannot be read; address left out: look at its postal code"],
    ["note for staff", null],
    ["", "the account of somebody who works here"],
    ["", "the same address as line 2"],
  ]);
  expect(await people()).toEqual(before);

  await start(world.admin, importId);
  expect(await workThrough(importId)).toBeGreaterThan(4);
  expect(await cardOf(importId)).toMatchObject({ status: "finished", rowsDone: 6 });
  expect(await told()).toEqual(OUTCOMES);
  const of = async (email: string) =>
    (await people()).find((one) => String(one.email).toLowerCase() === email);
  expect(await of("grace@navy.example")).toMatchObject({
    first_name: "Grace",
    last_name: "Hopper",
    phone: "+4930123456",
    marketing_opt_in: true,
    staff_note: "Likes lace\nTags: vip",
    addresses: 1,
  });
  expect(await of("ada@example.com")).toMatchObject({ staff_note: "Old friend", marketing_opt_in: false });
  expect(await sql`select from mail`).toHaveLength(0);
  // Whoever wants to be forgotten does not live on in the record, nor in the file.
  const kept = JSON.stringify(await sql`select r.*, i.mapping from import_rows r, imports i`);
  expect(kept).not.toMatch(/hopper|torstra|navy|not an address/i);
  expect(existsSync(placeOf(importId))).toBe(false);
  expect(await sql`select from import_files`).toHaveLength(0);

  await sql`update users set version = version + 1 where email = 'off@example.org'`;
  await undo(world.admin, importId);
  await workThrough(importId);
  expect(await cardOf(importId)).toMatchObject({ status: "undone", left: 1 });
  expect((await rowsOf(importId)).find(({ undo: left }) => left)).toMatchObject({
    lines: "4",
    undo: "the account was used or changed since",
  });
  expect(await of("grace@navy.example")).toBeUndefined();
  expect(await of("ada@example.com")).toMatchObject({ staff_note: null });
});

it("keeps an account that has something in the books by then, and comes to its end", async () => {
  const importId = await sent();
  await check(world.admin, choice(importId));
  await workOn(system, importId);
  await start(world.admin, importId);
  await workOn(system, importId);
  const [grace] = await sql`select id from users where email = 'Grace@Navy.example'`;
  await sql`insert into audit (id, actor_kind, actor_id, action, subject, subject_id)
    values (gen_random_uuid(), 'customer', ${String(grace?.id)}, 'x.y', 'users', 'x')`;
  await undo(world.admin, importId);
  await workOn(system, importId);
  expect(await cardOf(importId)).toMatchObject({ status: "undone", left: 1 });
  expect(await sql`select from users where id = ${String(grace?.id)}`).toHaveLength(1);
});

it("stops by hand, and is nobody's but the admins'", async () => {
  const importId = await sent();
  await check(world.admin, choice(importId));
  await stop(world.admin, importId);
  expect(await cardOf(importId)).toMatchObject({ status: "waiting" });
  await check(world.admin, choice(importId));
  await workOn(system, importId);
  await sql`update imports set started_by = ${world.line.userId} where id = ${importId}`;
  await expect(start(world.line, importId)).rejects.toMatchObject({ code: "not_found" });
  expect(await getImport(world.line, importId)).toBeNull();
  expect((await listImports(world.line, { sort: "when", page: 1, pageSize: 30 })).rows).toEqual([]);
  expect(
    (await listImports(world.admin, { sort: "when", page: 1, pageSize: 30 })).rows.map(({ id }) => id),
  ).toContain(importId);
});

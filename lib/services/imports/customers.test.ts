import { writeFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { systemActor } from "@/lib/system";
import { importCustomers } from "./customers";
import { draftPlace } from "./kept-file";
import { takeIn } from "./steps";
import { undoPeople } from "./undo-people";

const system = systemActor("import");
const HEAD =
  "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags";
const FILE = `${HEAD}
'1,Grace,Hopper,Grace@Navy.example,yes,Navy,Torstraße 1,2nd floor,Berlin,,DE,'10119,,'+4930123456,no,10.00,2,"Likes ""blue""
and lace",no,"vip, wholesale"
'2,,,plain@example.org,no,,,,,,,,,,no,0.00,0,,no,
'3,No,Mail,,no,,,,,,,,,,no,0.00,0,,no,
'4,Bad,Mail,not an address,no,,,,,,,,,,no,0.00,0,,no,
'5,Off,Map,off@example.org,yes,,Street 1,,Berlin,,DE,ABC,,12,no,0.00,0,,no,
'6,Ada,Other,ADA@example.com,yes,,Torstraße 9,,Berlin,,DE,10119,,,no,0.00,0,Old friend,no,
'7,The,Boss,admin@example.com,yes,,,,,,,,,,no,0.00,0,,no,
'8,Grace,Again,grace@navy.example,no,,,,,,,,,,no,0.00,0,,no,
`;
let world: Cast;
let path: string;

beforeAll(async () => {
  world = await cast();
  path = await draftPlace();
  writeFileSync(path, FILE);
});

const people =
  () => sql`select u.id, u.email, u.first_name, u.last_name, u.phone, u.marketing_opt_in, u.staff_note, u.role,
  u.password_hash is null as "noPassword", u.email_verified_at, (select json_agg(json_build_object('line1', a.line1, 'line2', a.line2, 'company', a.company,
    'zip', a.postal_code, 'country', a.country, 'name', a.name)) from addresses a where a.user_id = u.id) as addresses
  from users u order by lower(u.email)`;

it("tries first and keeps nothing", async () => {
  const before = await people();
  const report = await importCustomers(system, { path, dryRun: true });
  expect(report.rows).toEqual({ created: 3, updated: 1, unchanged: 0, skipped: 2, failed: 2 });
  expect(await people()).toEqual(before);
  expect(await sql`select from imports`).toHaveLength(0);
});

it("makes accounts without a password, fills in what is missing, and writes to nobody", async () => {
  const report = await importCustomers(system, { path, dryRun: false });
  expect(report.rows).toEqual({ created: 3, updated: 1, unchanged: 0, skipped: 2, failed: 2 });
  expect(report.problems.map(({ lines, message }) => `${lines} ${message}`)).toEqual([
    "5 There is no e-mail address, and an account needs one.",
    '6 "not an address" is no e-mail address.',
    "9 the account of somebody who works here",
    "10 the same address as line 2",
  ]);
  expect(report.remarks.map(({ text, lines }) => `${lines} ${text}`).sort()).toEqual([
    "7 address left out: look at its postal code",
    "7 phone left out: it cannot be read",
  ]);
  const all = await people();
  const of = (email: string) => all.find((one) => String(one.email).toLowerCase() === email);
  expect(of("grace@navy.example")).toMatchObject({
    first_name: "Grace",
    last_name: "Hopper",
    phone: "+4930123456",
    marketing_opt_in: true,
    staff_note: 'Likes "blue"\nand lace\nTags: vip, wholesale',
    role: "customer",
    noPassword: true,
    email_verified_at: null,
    addresses: [
      {
        line1: "Torstraße 1",
        line2: "2nd floor",
        company: "Navy",
        zip: "10119",
        country: "DE",
        name: "Grace Hopper",
      },
    ],
  });
  expect(of("off@example.org")).toMatchObject({ addresses: null, phone: null });
  // An account that is there keeps its name, its password and its consent.
  expect(of("ada@example.com")).toMatchObject({
    first_name: "ada",
    marketing_opt_in: false,
    noPassword: false,
    staff_note: "Old friend",
    addresses: [{ line1: "Torstraße 9" }],
  });
  expect(of("admin@example.com")).toMatchObject({ role: "admin", marketing_opt_in: false });
  expect(await sql`select from mail`).toHaveLength(0);
  // What is kept for an undo says nothing of the person, who may want to be forgotten.
  const kept = JSON.stringify(await sql`select handle, message, before from import_rows`);
  expect(kept).not.toMatch(/grace|hopper|torstra|navy|not an address/i);

  const again = await importCustomers(system, { path, dryRun: false });
  expect(again.rows).toEqual({ created: 0, updated: 0, unchanged: 4, skipped: 2, failed: 2 });
});

it("is taken back: new accounts that nobody used go, what was filled in is empty again", async () => {
  const [run] = await sql`select id from imports where summary -> 'rows' ->> 'created' = '3'`;
  await sql`update users set password_hash = 'x', version = version + 1 where email = 'plain@example.org'`;
  const { undone, left } = await undoPeople(system, String(run?.id));
  expect([undone, left]).toEqual([3, [{ line: 4, why: "the account was used or changed since" }]]);
  const all = await people();
  expect(all.map(({ email }) => email)).not.toContain("Grace@Navy.example");
  expect(all.map(({ email }) => email)).toContain("plain@example.org");
  expect(all.find(({ email }) => email === "ada@example.com")).toMatchObject({
    staff_note: null,
    addresses: null,
  });
  expect(await undoPeople(system, String(run?.id))).toMatchObject({ undone: 0, left: [] });
  await expect(undoPeople(system, "00000000-0000-7000-8000-000000000000")).rejects.toThrow(ImportProblem);
});

it("is not an owner's to bring in, nor is one of orders", async () => {
  for (const [head, sentence] of [
    [HEAD, /file of customers/],
    ["Name,Email,Financial Status,Lineitem quantity,Lineitem name,Lineitem price", /file of orders/],
  ] as const) {
    const place = await draftPlace();
    writeFileSync(place, `${head}\n${"x,".repeat(5)}\n`);
    const id = await takeIn(world.line, { path: place, fileName: "people.csv" });
    const [row] = await sql`select status, message from imports where id = ${id}`;
    expect(row).toMatchObject({ status: "failed", message: expect.stringMatching(sentence) });
  }
});

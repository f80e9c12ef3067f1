import { spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs } from "@/db/testing/orders";
import { putFile } from "@/lib/storage";
import { bundled } from "@/scripts/testing/bundled";
import { backUp } from "../backup";
import { examine } from "../doctor";
import { countOf, textOf } from "../doctor/report";
import { createProgress } from "../launcher/progress";
import type { Manifest } from "./manifest";

const url = process.env.DATABASE_URL ?? "";
const dataDir = process.env.DATA_DIR ?? "";
const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
const copies: string[] = [];
let world: Cast;
let gateway: TestGateway;
let folder: string;
let manifest: Manifest;
let placed = 0;

beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  writeFileSync(join(dataDir, "secrets.json"), '{"AUTH_SECRET":"of the shop that was backed up"}');
  await putFile("goods/mug-1.webp", Buffer.from("a picture"), "image/webp");
  await sql`insert into product_images (id, product_id, key, alt, width, height, position, placeholder)
    select ${newId()}, product_id, 'goods/mug-1.webp', 'A mug', 800, 1000, 0, '' from variants limit 1`;
  // Older than what the migrations of a new database make parts for, and a text that COPY has to escape.
  await sql`select create_month_partitions(14, 3)`;
  await sql`insert into search_log (id, query, results, created_at)
    values (${newId()}, ${'tab\t "quote" \\ and\nline'}, 0, now() - interval '13 months')`;
  const payer = guest();
  await gateway.pay(payer, await shop(payer));
  await gateway.settled();
  await runJobs();
  // Orders come in meanwhile: from before the first table until after the last.
  let taken = false;
  const shoppers = [1, 2, 3].map(async () => {
    while (!taken) await shop();
  });
  const before = placed;
  ({ folder, manifest } = await backUp({ url, dataDir }, join(dataDir, "backups"), createProgress(true)));
  taken = true;
  await Promise.all(shoppers);
  expect(placed).toBeGreaterThan(before);
});

afterAll(async () => {
  await gateway.close();
  for (const name of copies) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
});

async function shop(shopper = guest()): Promise<string> {
  const { orderId } = await order(shopper, [{ variantId: await shelf(world, 5), quantity: 1 }]);
  placed += 1;
  return orderId;
}

/** A new database without anything in it. */
async function emptyDatabase(): Promise<string> {
  const name = `copy_${copies.length}_${Date.now().toString(36)}`;
  await admin.unsafe(`create database ${name}`);
  copies.push(name);
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Runs the command as people do. */
async function restore(args: readonly string[], dir = mkdtempSync(join(dataDir, "to-"))) {
  const script = await bundled("scripts/restore.ts");
  return new Promise<{ code: number | null; said: string; dir: string }>((done) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, DATA_DIR: dir, DATABASE_URL: "", SANDBOX_URL: "", INIT_CWD: undefined },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    child.once("close", (code) => done({ code, said, dir }));
  });
}

const rowsOf = ({ tables }: Manifest, name: string) => tables.find((table) => table.name === name)?.rows;

describe("a backup that was taken while orders came in", () => {
  it("comes back row by row, with pictures and secrets, and the books are right", async () => {
    const into = await emptyDatabase();
    const { code, said, dir } = await restore([folder, "--into", into]);
    expect(said).toContain("The books are right");
    expect(code).toBe(0);
    expect(readFileSync(join(dir, "media/goods/mug-1.webp"), "utf8")).toBe("a picture");
    expect(readFileSync(join(dir, "secrets.json"), "utf8")).toContain("of the shop that was backed up");
    expect(rowsOf(manifest, "public.ledger_entries")).toBeGreaterThan(0);
    expect(rowsOf(manifest, "public.orders")).toBeLessThanOrEqual(placed);

    // A backup of the copy holds the same bytes, table by table: nothing was lost, and no trigger wrote anything twice.
    const again = await backUp({ url: into, dataDir: dir }, join(dataDir, "backups"), createProgress(true));
    const tablesOf = ({ tables }: Manifest) =>
      Object.fromEntries(tables.map(({ name, rows, file }) => [name, `${rows} ${file.sha256}`]));
    expect(tablesOf(again.manifest)).toEqual(tablesOf(manifest));
    expect(again.manifest.sequences).toEqual(manifest.sequences);
    expect(again.manifest.partitions).toEqual(manifest.partitions);
    expect(again.manifest.files).toEqual(manifest.files);
  });

  it("leaves a database whose rules hold", async () => {
    const into = await emptyDatabase();
    expect((await restore([folder, "--into", into])).code).toBe(0);
    const copy = postgres(into, { max: 1, onnotice: () => {} });
    const states = (client: postgres.Sql) => client`
      select 'trigger' as kind, tgrelid::regclass::text as at, tgname as name, tgenabled::text as rule from pg_trigger where not tgisinternal
      union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) || convalidated from pg_constraint
        where contype in ('f', 'c', 'u', 'p') order by 1, 2, 3, 4`;
    const [here, there] = [await states(sql), await states(copy)];
    await expect(copy`update ledger_entries set amount = amount + 1`).rejects.toThrow();
    await expect(copy`delete from stock_movements`).rejects.toThrow();
    await copy.end();
    expect([...there]).toEqual([...here]);
  });

  it("unlocks jobs whose worker is gone, so that they run", async () => {
    const into = await emptyDatabase();
    await sql`select graphile_worker.add_job('mail.requeue', '{}'::json)`;
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker'`;
    const { folder: locked } = await backUp({ url, dataDir }, join(dataDir, "locked"), createProgress(true));
    expect((await restore([locked, "--into", into])).code).toBe(0);
    const copy = postgres(into, { max: 1 });
    const [jobs] =
      await copy`select count(*)::int as n, count(locked_at)::int as locked from graphile_worker._private_jobs`;
    await copy.end();
    expect(jobs?.n).toBeGreaterThan(0);
    expect(jobs?.locked).toBe(0);
  });

  it("does not go into a database that holds something, unless that is named", async () => {
    const into = await emptyDatabase();
    const client = postgres(into, { max: 1 });
    await client`create table letters (id int)`;
    const name = new URL(into).pathname.slice(1);
    const refused = await restore([folder, "--into", into]);
    expect(refused.code).toBe(2);
    expect(refused.said).toMatch(/is not empty \(it has the table letters\).*--force/);
    expect((await restore([folder, "--into", into, "--force", "another"])).code).toBe(2);
    expect(await client`select to_regclass('letters')::text as name`).toMatchObject([{ name: "letters" }]);
    const forced = await restore([folder, "--into", into, "--force", name]);
    expect(forced.code).toBe(0);
    expect((await restore([folder, "--into", into])).said).toMatch(/it has rows in orders/);
    await client.end();
  });
});

describe("a backup that is not whole", () => {
  const broken = (break_: (copy: string) => void) => {
    const copy = `${mkdtempSync(join(dataDir, "broken-"))}/backup`;
    cpSync(folder, copy, { recursive: true });
    break_(copy);
    return copy;
  };
  const orders = "tables/public.orders.copy.gz";

  it.each([
    [
      "has a changed table",
      (at: string) => appendFileSync(join(at, orders), "x"),
      /orders\.copy\.gz is not what was written/,
    ],
    [
      "misses a table",
      (at: string) => renameSync(join(at, orders), join(at, "elsewhere")),
      /orders\.copy\.gz is missing/,
    ],
    [
      "misses its list",
      (at: string) => renameSync(join(at, "manifest.json"), join(at, "x")),
      /no whole backup/,
    ],
    [
      "has half a list",
      (at: string) => writeFileSync(join(at, "manifest.json"), '{"format":1,'),
      /is damaged/,
    ],
    [
      "names a file outside",
      (at: string) => {
        const list = JSON.parse(readFileSync(join(at, "manifest.json"), "utf8")) as Manifest;
        list.files[0] = { path: "media/../../../secret.webp", size: 1, sha256: "0".repeat(64) };
        writeFileSync(join(at, "manifest.json"), JSON.stringify(list));
      },
      /is damaged/,
    ],
  ])("that %s is refused with a sentence before anything is touched", async (_, break_, sentence) => {
    const copy = broken(break_);
    const { code, said } = await restore([copy, "--check"]);
    expect(code).toBe(2);
    expect(said).toMatch(sentence);
    expect(said).not.toContain("    at ");
  });

  it("and one of a version that is not known here is refused", async () => {
    const copy = broken((at) => {
      const list = JSON.parse(readFileSync(join(at, "manifest.json"), "utf8")) as Manifest;
      list.migrations.push("f".repeat(64));
      writeFileSync(join(at, "manifest.json"), JSON.stringify(list));
    });
    const { code, said } = await restore([copy, "--check"]);
    expect(code).toBe(2);
    expect(said).toMatch(/another version of the shop/);
  });

  it("while a whole one passes, and the shop that was backed up is as right as before", async () => {
    expect(await restore([folder, "--check"])).toMatchObject({ code: 0 });
    expect(existsSync(`${folder}.part`)).toBe(false);
    const report = await examine(url, {
      only: [],
      json: false,
      gateway: "leave",
      waiting: false,
      quiet: true,
    });
    expect(textOf(report)).toContain("The books are right");
    expect(countOf(report)).toBe(0);
  });
});

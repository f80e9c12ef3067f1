/** Fills a migrated database with the tables of a backup: all of it or nothing, each row exactly as it was. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { Problem } from "../launcher/problem";
import { connected } from "./connection";
import { listPartitions, listReferences, listTables, queueVersion } from "./layout";
import type { KeptTable, Manifest } from "./manifest";

/** @throws Problem where the backup does not fit; the database is left as it was. */
export function load(
  url: string,
  folder: string,
  manifest: Manifest,
  note: (text: string) => void,
): Promise<void> {
  return connected(url, "tallystick-restore", async (client) => {
    const queue = await queueVersion(client);
    if (queue !== manifest.queue)
      throw new Problem(
        `The job queue of the backup has ${manifest.queue} migrations and this version's ${queue}: restore it with the version of the shop that took it, then update.`,
      );
    await client.query("begin");
    const tables = await listTables(client);
    const unknown = manifest.tables.filter(({ name }) => !tables.some((table) => table.name === name));
    if (unknown.length > 0)
      throw new Problem(
        `The backup has tables that this version does not: ${unknown.map(({ name }) => name).join(", ")}.`,
      );
    const every = tables.map(({ name }) => name);
    // What triggers would do, they did when the rows were first written; some refuse to rewrite history at all.
    for (const name of every) await client.query(`alter table ${name} disable trigger user`);
    // Tables name each other in circles. Made again at the end, references are checked for every row; that needs no
    // superuser, which the usual way (session_replication_role) does.
    const references = await listReferences(client);
    for (const { table, name } of references)
      await client.query(`alter table ${table} drop constraint ${name}`);
    // What migrations put there.
    await client.query(`truncate ${every.join(", ")}`);
    await makePartitions(client, manifest);
    for (const table of manifest.tables) {
      note(table.name);
      await loadTable(client, folder, table);
    }
    for (const { name, last, called } of manifest.sequences)
      await client.query("select setval($1::regclass, $2::bigint, $3)", [name, last, called]);
    note("references between tables");
    for (const { table, name, definition } of references)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    for (const name of every) await client.query(`alter table ${name} enable trigger user`);
    // An older version's backup does not hold them.
    const holds = (table: string) => manifest.tables.some(({ name }) => name.endsWith(table));
    if (!holds("buyer_sums")) await client.query("select recount_customers()");
    if (!holds("owner_orders"))
      await client.query("insert into owner_orders select * from owner_order_parts");
    // The workers that held them are gone.
    await client.query(
      "update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null",
    );
    await client.query(
      "update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null",
    );
    await client.query("commit");
    note("figures for PostgreSQL's planner");
    await client.query("analyze");
    note("");
  });
}

/** Months that this moment's migrations did not make; without them their rows would all lie in the rest. */
async function makePartitions(client: Client, manifest: Manifest): Promise<void> {
  const there = new Set((await listPartitions(client)).map(({ name }) => name));
  for (const { name, parent, bound } of manifest.partitions) {
    if (there.has(name)) continue;
    await client.query(`create table ${name} partition of ${parent} ${bound}`);
  }
}

async function loadTable(
  client: Client,
  folder: string,
  { name, columns, rows, file }: KeptTable,
): Promise<void> {
  const target = client.query(copyFrom(`copy ${name} (${columns.join(", ")}) from stdin`));
  await pipeline(createReadStream(join(folder, file.path)), createGunzip(), target);
  if (target.rowCount !== rows)
    throw new Problem(`The backup is damaged: ${name} has ${target.rowCount} rows instead of ${rows}.`);
}

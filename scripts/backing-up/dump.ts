/** The database of a shop as files: every table as one transaction sees it, while others go on writing. */
import { createGzip } from "node:zlib";
import { to as copyTo } from "pg-copy-streams";
import { connected } from "./connection";
import { keep } from "./keep";
import { listMigrations, listPartitions, listSequences, listTables, queueVersion } from "./layout";
import type { KeptTable, Manifest } from "./manifest";

export interface Dumped {
  readonly database: Omit<Manifest, "files">;
  /** Storage keys of pictures that rows of this state name. */
  readonly pictures: readonly string[];
}

/** Writes every table into `folder`. @throws what PostgreSQL says where it cannot be read */
export function dump(url: string, folder: string, note: (text: string) => void): Promise<Dumped> {
  return connected(url, "tallystick-backup", async (client) => {
    await client.query("begin isolation level repeatable read read only");
    const [about] = (
      await client.query<{ version: number; at: Date }>(
        "select current_setting('server_version_num')::int as version, clock_timestamp() as at",
      )
    ).rows;
    if (!about) throw new Error("PostgreSQL did not say its version");
    const migrations = await listMigrations(client);
    const queue = await queueVersion(client);
    const partitions = await listPartitions(client);
    const tables: KeptTable[] = [];
    for (const { name, columns } of await listTables(client)) {
      note(name);
      const source = client.query(copyTo(`copy (select ${columns.join(", ")} from ${name}) to stdout`));
      const path = `tables/${name.replaceAll('"', "")}.copy.gz`;
      const file = await keep(folder, path, source, [createGzip({ level: 5 })]);
      tables.push({ name, columns, rows: source.rowCount, file });
    }
    const sequences = await listSequences(client);
    const { rows } = await client.query<{ key: string }>(
      `select key from product_images union select image_key from order_lines where image_key is not null`,
    );
    await client.query("commit");
    note("");
    return {
      database: {
        format: 1,
        takenAt: about.at.toISOString(),
        postgres: about.version,
        migrations,
        queue,
        tables,
        partitions,
        sequences,
      },
      pictures: rows.map(({ key }) => key),
    };
  });
}

import { expect, test } from "vitest";
import { sql } from "@/db/client";
import { preparePartitions } from "@/lib/services/housekeeping";
import { systemActor } from "@/lib/system";
import { lookAtMonths } from "./partitions";

test("a next month that is missing is told, and the job makes it", async () => {
  const job = systemActor("job");
  await preparePartitions(job);
  expect(await lookAtMonths(sql)).toEqual([]);
  const [{ next }] =
    (await sql`select to_char((now() at time zone 'UTC') + interval '1 month', 'YYYY_MM') as next`) as unknown as [
      { next: string },
    ];
  await sql`drop table ${sql(`audit_${next}`)}`;
  expect(await lookAtMonths(sql)).toEqual([
    expect.stringMatching(/^audit has no partition for \d{4}-\d\d: the weekly job/),
  ]);
  await preparePartitions(job);
  expect(await lookAtMonths(sql)).toEqual([]);
});

test("rows without a month are told, but not a history from before the first month", async () => {
  await sql`insert into search_log (id, query, results, created_at) values (gen_random_uuid(), 'lamp', 1, now() - interval '5 years')`;
  expect(await lookAtMonths(sql)).toEqual([]);
  await sql`insert into search_log (id, query, results, created_at) values (gen_random_uuid(), 'lamp', 1, now() + interval '5 years')`;
  expect(await lookAtMonths(sql)).toEqual([expect.stringMatching(/^search_log has rows in search_log_rest/)]);
});

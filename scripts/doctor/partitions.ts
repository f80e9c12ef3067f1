/** Whether the append-only tables have a partition for what will be written soon. */
import type postgres from "postgres";

/**
 * A sentence for each table whose next month has no partition, or whose rows lie in the partition for the rest because
 * a month was not there in time. Nothing is lost then; but old months can no longer be dropped or kept apart. What is
 * older than the first month (a history that was brought along, such as the demo's) belongs there.
 */
export async function lookAtMonths(sql: postgres.Sql): Promise<string[]> {
  const tables = await sql<
    { name: string; next: string; there: boolean; rest: string | null; at: string; first: Date | null }[]
  >`
    select p.relname as name, m.next, to_regclass('public.' || p.relname || '_' || m.next) is not null as there,
      to_regclass('public.' || p.relname || '_rest')::text as rest,
      substring(pg_get_partkeydef(p.oid) from '\\((.*)\\)') as at,
      (select min(to_date(right(c.relname, 7), 'YYYY_MM'))::timestamp at time zone 'UTC' from pg_inherits i
        join pg_class c on c.oid = i.inhrelid where i.inhparent = p.oid and c.relname ~ '_\\d{4}_\\d\\d$') as first
    from pg_partitioned_table t join pg_class p on p.oid = t.partrelid
    cross join (select to_char((now() at time zone 'UTC') + interval '1 month', 'YYYY_MM') as next) m
    where p.relnamespace = 'public'::regnamespace order by 1`;
  const told: string[] = [];
  for (const { name, next, there, rest, at, first } of tables) {
    if (!there)
      told.push(
        `${name} has no partition for ${next.replace("_", "-")}: the weekly job did not run (see /admin/jobs), or run \`select create_month_partitions(0, 3)\`.`,
      );
    if (!rest || !first) continue;
    const [found] = await sql<{ some: boolean }[]>`
      select exists (select from ${sql(rest)} where ${sql(at)} >= ${first}) as some`;
    if (found?.some)
      told.push(
        `${name} has rows in ${rest}: they came in a month that had no partition (docs/database.md).`,
      );
  }
  return told;
}

/** Many orders without what hangs on them: copies of a plausible history, spread between its moments. */
import type postgres from "postgres";

export interface Filled {
  readonly orders: number;
  readonly seconds: number;
}

const OWN: Readonly<Record<string, string>> = {
  id: "(lpad(to_hex((extract(epoch from t.placed_at - d.back) * 1000)::bigint), 12, '0') || substr(md5(t.rn || ':' || c), 1, 20))::uuid",
  // Times an odd number, modulo 2^48: as scattered as chance, and none twice (of ten million by chance some are).
  number:
    "'BIG-' || upper(lpad(to_hex(mod((c * 1000000::numeric + t.rn) * 173961102589771, 281474976710656)::bigint), 12, '0'))",
  email: "'shopper' || (t.rn * 7919 + c) % ",
  checkout_id: "null",
  cart_id: "null",
  guest_token_hash: "null",
};

/** Brings the table to `wanted` rows. Indexes are taken away meanwhile and made again. */
export async function fillOrders(sql: postgres.Sql, wanted: number): Promise<Filled> {
  const begun = performance.now();
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from orders`;
  const copies = Math.max(0, Math.round(wanted / (row?.n ?? 1)) - 1);
  const columns = await sql<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = 'orders' and is_generated = 'NEVER' order by ordinal_position`;
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes where tablename = 'orders'
      and indexname not in (select conname from pg_constraint)`;
  const connection = await sql.reserve();
  try {
    await connection.unsafe(
      "set statement_timeout = 0; set session_replication_role = replica; set jit = off; set work_mem = '256MB'; set maintenance_work_mem = '512MB'; set synchronous_commit = off",
    );
    for (const { name } of indexes) await connection.unsafe(`drop index "${name}"`);
    await connection.unsafe(`create temp table t as select *, row_number() over (order by placed_at) as rn,
      coalesce(placed_at - lag(placed_at) over (order by placed_at), interval '1 hour') as gap from orders`);
    const value = ({ name, type }: { name: string; type: string }) => {
      if (name === "email") return `${OWN.email}${Math.ceil(wanted / 4)} || '@example.com'`;
      return OWN[name] ?? (type.startsWith("timestamp") ? `t.${name} - d.back` : `t.${name}`);
    };
    await connection.unsafe(`insert into orders (${columns.map(({ name }) => name).join(", ")})
      select ${columns.map(value).join(", ")} from t cross join generate_series(1, ${copies}) c
      cross join lateral (select t.gap * (c / ${copies + 1}::float8) as back) d order by t.placed_at - d.back`);
    for (const { definition } of indexes) await connection.unsafe(definition);
    await connection.unsafe("vacuum analyze orders");
  } finally {
    connection.release();
  }
  const [after] = await sql<{ n: number }[]>`select count(*)::int as n from orders`;
  return { orders: after?.n ?? 0, seconds: Math.round((performance.now() - begun) / 1000) };
}

/** Milliseconds of one more order's row, on average of `count`; rolled back. */
export async function insertMs(sql: postgres.Sql, count: number): Promise<number> {
  const columns = await sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = 'orders' and is_generated = 'NEVER' order by ordinal_position`;
  const own: Record<string, string> = {
    id: "gen_random_uuid()",
    number: "'NEW-' || upper(substr(md5($1::text), 1, 12))",
    email: "'new' || $1 || '@example.com'",
    checkout_id: "null",
    placed_at: "now()",
  };
  const names = columns.map(({ name }) => name);
  const statement = `insert into orders (${names.join(", ")}) select ${names.map((name) => own[name] ?? name).join(", ")}
    from (select * from orders order by placed_at desc limit 1) o`;
  const connection = await sql.reserve();
  try {
    await connection.unsafe("set session_replication_role = replica; begin");
    const begun = performance.now();
    for (let n = 0; n < count; n += 1) await connection.unsafe(statement, [String(n)], { prepare: true });
    const took = performance.now() - begun;
    await connection.unsafe("rollback; set session_replication_role = default");
    return took / count;
  } finally {
    connection.release();
  }
}

/** The cold half: products that nobody has looked at yet, one after the other: processor time and statements of each. */
import type postgres from "postgres";
import { cpuOf } from "../process";
import { Connection, requestFor } from "./load";

export interface ColdLine {
  readonly products: number;
  readonly views: number;
  readonly cpuMs: number;
  readonly medianMs: number;
  /** Statements that the web server sent for each view. */
  readonly statements: number;
}

/** Looks at `views` products for the first time. */
export async function runCold(
  sql: postgres.Sql,
  shop: { url: string; pid: number; products: number },
  views: number,
): Promise<ColdLine> {
  await sql`CREATE EXTENSION IF NOT EXISTS pg_stat_statements`;
  // Copies with their reviews, each looked at once in the life of this server.
  const slugs = await sql<{ slug: string }[]>`
    SELECT p.slug FROM products p WHERE p.status = 'active' AND p.slug ~ '-copy-[0-9]+$'
    ORDER BY EXISTS (SELECT FROM reviews r WHERE r.product_id = p.id) DESC, md5(p.slug) LIMIT ${views + 10}`;
  const connection = await Connection.open(shop.url);
  const view = async (slug: string) => {
    const begun = performance.now();
    await connection.get(requestFor(`${shop.url}/p/${slug}`));
    return performance.now() - begun;
  };
  // The first of a server's life compile code.
  for (const { slug } of slugs.slice(0, 10)) await view(slug);
  const measured = slugs.slice(10);
  const [before, cpu] = [await statementsOf(sql), cpuOf(shop.pid)];
  const times: number[] = [];
  for (const { slug } of measured) times.push(await view(slug));
  const used = cpuOf(shop.pid) - cpu;
  const sent = (await statementsOf(sql)) - before;
  connection.close();
  times.sort((a, b) => a - b);
  return {
    products: shop.products,
    views: measured.length,
    cpuMs: used / measured.length,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    statements: sent / measured.length,
  };
}

// The worker looks for jobs all the while; nothing else is going on.
async function statementsOf(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ calls: number }[]>`
    SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
    WHERE toplevel AND query ~* '^\\s*(select|with|insert|update|delete)'
      AND query !~* 'graphile_worker|pg_stat_statements|cache_expiries'`;
  return row?.calls ?? 0;
}

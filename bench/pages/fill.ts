/** Multiplies the demo's products, so that the shop has as many as a bench asks for. */
import type postgres from "postgres";

/** Copies of each product that bring its reviews along, so that pages seen for the first time are whole ones. */
const REVIEWED = 10;

// Each copy's ids come from the original's and its number, so every table can be copied on its own.
const copy = (column: string) => `md5(${column}::text || n)::uuid`;
const COPIED = "t.slug || '-copy-' || n";
const ORIGINAL = "slug !~ '-copy-[0-9]+$'";

interface Table {
  readonly name: string;
  /** The columns that differ from the original's; `t` is the original, `n` the copy's number. */
  readonly columns: Readonly<Record<string, string>>;
  /** How its rows hang on the products that are copied. */
  readonly from: string;
}

const TABLES: readonly Table[] = [
  {
    name: "products",
    columns: {
      id: copy("t.id"),
      slug: COPIED,
      name: "t.name || ' ' || n",
      published_at: "t.published_at - n * interval '1 minute'",
      is_featured: "false",
    },
    from: "made m JOIN products t ON t.id = m.id",
  },
  {
    name: "product_options",
    columns: { id: copy("t.id"), product_id: copy("t.product_id") },
    from: "made m JOIN product_options t ON t.product_id = m.id",
  },
  {
    name: "option_values",
    columns: { id: copy("t.id"), option_id: copy("t.option_id") },
    from: "made m JOIN product_options o ON o.product_id = m.id JOIN option_values t ON t.option_id = o.id",
  },
  {
    name: "variants",
    columns: { id: copy("t.id"), product_id: copy("t.product_id"), sku: "t.sku || '-' || n" },
    from: "made m JOIN variants t ON t.product_id = m.id",
  },
  {
    name: "variant_option_values",
    columns: { variant_id: copy("t.variant_id"), option_value_id: copy("t.option_value_id") },
    from: "made m JOIN variants v ON v.product_id = m.id JOIN variant_option_values t ON t.variant_id = v.id",
  },
  {
    name: "product_images",
    columns: {
      id: copy("t.id"),
      product_id: copy("t.product_id"),
      option_value_id: copy("t.option_value_id"),
    },
    from: "made m JOIN product_images t ON t.product_id = m.id",
  },
  {
    name: "inventory",
    columns: { variant_id: copy("t.variant_id"), reserved: "0" },
    from: "made m JOIN variants v ON v.product_id = m.id JOIN inventory t ON t.variant_id = v.id",
  },
  {
    name: "reviews",
    columns: { id: copy("t.id"), product_id: copy("t.product_id") },
    from: `made m JOIN reviews t ON t.product_id = m.id AND m.n <= ${REVIEWED}`,
  },
];

/**
 * Fills up to about `products`. All copies show their original's pictures. Triggers do not run: what they keep
 * (search words, lowest price) is copied as well.
 */
export async function fill(sql: postgres.Sql, products: number): Promise<void> {
  const [count] = await sql<{ demo: number; all: number }[]>`
    SELECT count(*) FILTER (WHERE ${sql.unsafe(ORIGINAL)})::int AS demo, count(*)::int AS all FROM products`;
  const { demo, all } = count ?? { demo: 0, all: 0 };
  const [from, to] = [Math.floor(all / demo), Math.ceil(products / demo) - 1];
  if (!(from <= to)) return;
  await sql.begin(async (tx) => {
    await tx`SET LOCAL statement_timeout = 0`;
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`ALTER TABLE product_images DROP CONSTRAINT IF EXISTS product_images_key_unique`;
    await tx.unsafe(`CREATE TEMP TABLE made ON COMMIT DROP AS
      SELECT id, n FROM products, generate_series(${from}, ${to}) n WHERE ${ORIGINAL}`);
    await tx`ANALYZE made`;
    for (const table of TABLES) await tx.unsafe(await copyOf(tx, table));
  });
  await sql`VACUUM ANALYZE`;
}

async function copyOf(tx: postgres.TransactionSql, { name, columns, from }: Table): Promise<string> {
  const rows = await tx<{ column: string }[]>`
    SELECT column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${name} AND is_generated = 'NEVER' ORDER BY ordinal_position`;
  const names = rows.map(({ column }) => column);
  return `INSERT INTO ${name} (${names.join(", ")})
    SELECT ${names.map((column) => columns[column] ?? `t.${column}`).join(", ")} FROM ${from}`;
}

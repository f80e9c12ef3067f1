/** Fills a database with a catalogue of any size, past the triggers, and then makes its search rows at once. */
import type postgres from "postgres";
import { newId } from "@/db/id";
import { randomFrom } from "@/db/seed/art/random";
import { COLOURS, MATERIALS, makeWords, OBJECTS, rank, SIZES } from "./words";

const OWNERS = 20;
const CHUNK = 1_000;

type Rows = Record<string, unknown[]>;

/** Adds `count` products, numbered from `from`. The same numbers make the same products. */
export async function grow(sql: postgres.Sql, from: number, count: number): Promise<void> {
  const random = randomFrom(7 + from);
  const words = makeWords(9_000, randomFrom(1));
  const language = { names: words.slice(0, 3_000), prose: words.slice(3_000) };
  const shop = await groundOf(sql);
  for (let at = from; at < from + count; at += CHUNK) {
    const rows: Rows = {};
    for (let n = at; n < Math.min(at + CHUNK, from + count); n += 1)
      addProduct(rows, n, random, language, shop);
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`set local statement_timeout = 0`;
      for (const [table, made] of Object.entries(rows)) {
        const columns = columnsOf(made);
        await tx.unsafe(
          `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::text::json)`,
          [JSON.stringify(made)],
        );
      }
      await tx`select refresh_search(${(rows.products ?? []).map((row) => (row as { id: string }).id)}::uuid[])`;
    });
  }
}

const columnsOf = (made: readonly unknown[]) =>
  Object.keys((made[0] ?? {}) as object)
    .map((name) => `"${name}"`)
    .join(", ");

interface Ground {
  owners: string[];
  leaves: { id: string; objects: readonly string[] }[];
}

/** Owners and a tree of categories: made once, found again afterwards. */
async function groundOf(sql: postgres.Sql): Promise<Ground> {
  const objects = Object.entries(OBJECTS);
  const [known] = await sql`select from owners limit 1`;
  if (!known) {
    for (let n = 0; n < OWNERS; n += 1) {
      const id = newId();
      await sql`insert into users (id, email, username) values (${id}, ${`owner${n}@example.com`}, ${`owner${n}`})`;
      await sql`insert into owners (id, user_id, name, slug) values (${newId()}, ${id}, ${`Workshop ${n}`}, ${`workshop-${n}`})`;
    }
    for (const [position, [name, things]] of objects.entries()) {
      const [parent, slug] = [newId(), name.toLowerCase()];
      await sql`insert into categories (id, name, slug, path, position) values (${parent}, ${name}, ${slug}, ${slug}, ${position})`;
      for (const thing of things) {
        const leaf = `${thing.replaceAll(" ", "-")}s`;
        await sql`insert into categories (id, parent_id, name, slug, path)
          values (${newId()}, ${parent}, ${`${thing.charAt(0).toUpperCase()}${thing.slice(1)}s`}, ${leaf}, ${`${slug}/${leaf}`})`;
      }
    }
  }
  const owners = await sql<{ id: string }[]>`select id from owners order by slug`;
  const leaves = await sql<{ id: string; name: string }[]>`
    select id, lower(left(name, -1)) as name from categories where parent_id is not null order by path`;
  return {
    owners: owners.map(({ id }) => id),
    leaves: leaves.map(({ id, name }) => ({ id, objects: [name] })),
  };
}

function addProduct(
  rows: Rows,
  n: number,
  random: () => number,
  { names, prose }: { names: readonly string[]; prose: readonly string[] },
  { owners, leaves }: Ground,
): void {
  const add = (table: string, row: object) => {
    rows[table] ??= [];
    rows[table].push(row);
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const word = () => prose[rank(random(), prose.length)] ?? "";
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

  const id = newId();
  const leaf = pick(leaves);
  const object = leaf.objects[0] ?? "";
  const material = pick(MATERIALS);
  const price = 500 + Math.floor(random() ** 2 * 40_000);
  const ratings = random() < 0.6 ? Math.floor(random() * 40) : 0;
  const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  add("products", {
    id,
    owner_id: pick(owners),
    category_id: leaf.id,
    slug: `${material}-${object.replaceAll(" ", "-")}-${n}`,
    name: `${capital(pick(names))} ${material} ${object}`,
    subtitle: `${capital(material)}, ${10 + Math.floor(random() * 90)} cm`,
    description: Array.from({ length: 40 }, word).join(" "),
    description_format: "text",
    details: "",
    tags: [word(), word(), pick(["new", "gift", "handmade", "classic", "outdoor", "recycled"])],
    status: "active",
    is_featured: random() < 0.02,
    published_at: day(random() * 700),
    price_from: price,
    price_to: price,
    rating_sum: ratings * (3 + Math.floor(random() * 3)),
    rating_count: ratings,
    sold_recently: Math.floor(random() ** 4 * 500),
    version: 1,
    created_at: day(700),
    updated_at: day(1),
  });
  const colours = [...new Set(Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(COLOURS)))];
  const sizes = random() < 0.5 ? [...new Set([pick(SIZES), pick(SIZES)])] : [];
  const option = (name: string, position: number, values: readonly (readonly [string, string | null])[]) => {
    const optionId = newId();
    add("product_options", { id: optionId, product_id: id, name, position });
    return values.map(([value, swatch], at) => {
      const valueId = newId();
      add("option_values", { id: valueId, option_id: optionId, value, swatch, position: at });
      return valueId;
    });
  };
  const colourIds = option("Colour", 0, colours);
  const sizeIds =
    sizes.length > 0
      ? option(
          "Size",
          1,
          sizes.map((size) => [size, null] as const),
        )
      : [];
  let position = 0;
  for (const colourId of colourIds) {
    for (const sizeId of sizeIds.length > 0 ? sizeIds : [null]) {
      const variantId = newId();
      const stock = random() < 0.12 ? 0 : Math.floor(random() * 60);
      add("variants", {
        id: variantId,
        product_id: id,
        sku: `${object.slice(0, 2).toUpperCase()}-${100_000 + n}-${position}`,
        title: "",
        option_key: [colourId, sizeId].filter(Boolean).sort().join(),
        price,
        weight: 0,
        position,
        is_active: true,
        version: 1,
        created_at: day(700),
        updated_at: day(1),
      });
      for (const valueId of [colourId, sizeId])
        if (valueId) add("variant_option_values", { variant_id: variantId, option_value_id: valueId });
      add("inventory", {
        variant_id: variantId,
        bucket: 0,
        buckets: 1,
        on_hand: stock,
        reserved: 0,
        low_stock_threshold: 3,
        backorder: false,
        updated_at: day(1),
      });
      position += 1;
    }
  }
  add("product_images", {
    id: newId(),
    product_id: id,
    key: `bench/${n}.webp`,
    alt: "A picture",
    width: 1000,
    height: 1000,
    backdrop: "stone",
    position: 0,
    is_primary: true,
    created_at: day(1),
  });
}

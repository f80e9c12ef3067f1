/** bench/lists: what the back office's lists of goods and stock take at a large catalogue, and the palette's search. */
import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { startThrowaway } from "@/db/throwaway";
import type { Admin, Owner, Staff } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { warmMs } from "../measure";
import { grow } from "../search/catalogue";

type Measure = readonly [what: string, run: (staff: Staff) => Promise<unknown>];

/** Fills a database of its own, measures, and throws it away. */
export async function runLists({ products, rounds }: { products: number; rounds: number }) {
  const server = await startThrowaway("bench-lists-");
  try {
    await migrate(server.url);
    process.env.DATABASE_URL = server.url;
    // Read when they are loaded, so not before the address is known.
    const { sql } = await import("@/db/client");
    // The shop's own connections give up on what takes so long.
    const filling = postgres(server.url, { max: 1, onnotice: () => {} });
    // Without its statistics each thousand takes longer than the one before.
    const first = Math.min(1_000, products);
    await grow(filling, 0, first);
    await filling`analyze`;
    await grow(filling, first, products - first);
    await filling`vacuum analyze`;
    await filling.end();
    const [owner] = await sql<{ id: string; userId: string }[]>`
      select id, user_id as "userId" from owners order by id limit 1`;
    const { id: ownerId = "", userId = "" } = owner ?? {};
    const who: [string, Staff][] = [
      ["admin", mint<Admin>({ kind: "admin", userId, orderId: null })],
      ["owner", mint<Owner>({ kind: "owner", userId, ownerId, orderId: null })],
    ];
    const [word] = await sql<Sample[]>`
      select p.id, p.name, v.sku from products p join variants v on v.product_id = p.id order by v.id offset 777 limit 1`;
    const lines = [];
    for (const [what, run] of await measuresOf(word ?? { id: "", name: "", sku: "" }))
      for (const [kind, staff] of who) lines.push({ what, kind, ms: await warmMs(rounds, () => run(staff)) });
    const [counted] = await sql<{ products: number; variants: number }[]>`
      select (select count(*)::int from products) as products, (select count(*)::int from variants) as variants`;
    console.log(`${counted?.products} products, ${counted?.variants} variants`);
    console.table(lines);
    await sql.end({ timeout: 1 });
    return { ...counted, lines };
  } finally {
    await server.stop();
  }
}

interface Sample {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
}

async function measuresOf({ id, name, sku }: Sample): Promise<Measure[]> {
  const { listProducts, getProductForm } = await import("@/lib/queries/admin/products");
  const { listStock } = await import("@/lib/queries/admin/stock");
  const { getDesk } = await import("@/lib/queries/admin/home");
  const { searchGoods } = await import("@/lib/queries/admin/manual-order");
  const { find } = await import("@/lib/queries/admin/find");
  const goods = (query: Partial<Parameters<typeof listProducts>[1]>) => (staff: Staff) =>
    listProducts(staff, { search: "", view: "all", sort: "newest", page: 1, pageSize: 30, ...query });
  const stock = (query: Partial<Parameters<typeof listStock>[1]>) => (staff: Staff) =>
    listStock(staff, {
      search: "",
      view: "all",
      sort: "available",
      dir: "",
      page: 1,
      pageSize: 30,
      ...query,
    });
  return [
    ["products: page 1", goods({})],
    ["products: page 300", goods({ page: 300 })],
    ["products: by name", goods({ sort: "name" })],
    ["products: by price", goods({ sort: "price" })],
    ["products: by stock", goods({ sort: "stock" })],
    ["products: a word", goods({ search: name.split(" ")[0] ?? "" })],
    ["products: a SKU", goods({ search: sku })],
    ["products: one's form", (staff) => getProductForm(staff, id)],
    ["stock: page 1", stock({ sort: "name" })],
    ["stock: the fewest", stock({})],
    ["stock: low", stock({ view: "low" })],
    ["stock: a SKU", stock({ search: sku })],
    ["every page: what waits", (staff) => getDesk(staff)],
    ["order by hand: a word", (staff) => searchGoods(staff as Admin, name.split(" ")[0] ?? "")],
    ["palette: a word", (staff) => find(staff, name.split(" ")[0] ?? "")],
    ["palette: a SKU", (staff) => find(staff, sku)],
  ];
}

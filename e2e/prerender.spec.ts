/** Public catalogue pages come out of the cache, and a change reaches exactly the pages that show it. */
import { type APIRequestContext, expect, test } from "@playwright/test";
import type { Sql } from "postgres";

/** The addresses on a page that start so. */
async function linksOn(request: APIRequestContext, path: string, start: string): Promise<string[]> {
  const html = await (await request.get(path)).text();
  return [...new Set([...html.matchAll(/href="([^"?#]+)"/g)].map(([, href = ""]) => href))].filter((href) =>
    href.startsWith(start),
  );
}

async function expectHit(request: APIRequestContext, path: string): Promise<void> {
  await request.get(path);
  const answer = await request.get(path);
  const headers = answer.headers();
  expect(answer.status(), path).toBe(200);
  expect(headers["x-nextjs-cache"], path).toBe("HIT");
  expect(headers["cache-control"], path).not.toContain("no-store");
  expect(headers["set-cookie"], path).toBeUndefined();
}

test("home, category, product and variant are served from the cache", async ({ request }) => {
  await expectHit(request, "/");
  const [category = "/c/none"] = await linksOn(request, "/", "/c/");
  await expectHit(request, category);
  const [product = "/p/none"] = await linksOn(request, category, "/p/");
  await expectHit(request, product);
  const variants = await linksOn(request, product, `${product}/`);
  if (variants[0]) await expectHit(request, variants[0]);
});

test("what is not there is a 404 at the first request", async ({ request }) => {
  const nonce = Date.now().toString(36);
  for (const path of [`/p/none-${nonce}`, `/c/none-${nonce}`, `/p/none-${nonce}/sku`, "/c/UPPER"])
    expect((await request.get(path)).status(), path).toBe(404);
});

test("pages that are rendered per request have the navigation as well", async ({ request }) => {
  const cached = (await linksOn(request, "/", "/c/")).length;
  expect(cached).toBeGreaterThan(3);
  for (const path of ["/search", "/cart", "/sign-in"])
    expect((await linksOn(request, path, "/c/")).length, path).toBeGreaterThan(3);
});

test("the first page of a category has one address", async ({ request }) => {
  const [category = "/c/none"] = await linksOn(request, "/", "/c/");
  // Next writes the header twice at the first request, once from the cache afterwards.
  await request.get(`${category}/page/1`, { maxRedirects: 0 });
  const answer = await request.get(`${category}/page/1`, { maxRedirects: 0 });
  expect(answer.status()).toBe(308);
  expect(answer.headers().location).toBe(category);
});

async function connected(): Promise<Sql> {
  const url = process.env.DATABASE_URL;
  expect(
    url && process.env.INTERNAL_SECRET,
    "DATABASE_URL and INTERNAL_SECRET of the shop under test",
  ).toBeTruthy();
  const { default: postgres } = await import("postgres");
  return postgres(url ?? "", { max: 1, onnotice: () => {} });
}

/** What the job does after a change. */
async function expire(request: APIRequestContext, tag: string): Promise<void> {
  const told = await request.post("/api/cache/expire", {
    headers: { authorization: `Bearer ${process.env.INTERNAL_SECRET}` },
    data: { tags: [tag] },
  });
  expect(told.ok()).toBe(true);
}

test("a new price shows on the next request and leaves the neighbour's page alone", async ({ request }) => {
  const sql = await connected();
  try {
    // Two products of different categories, so that neither stands among the other's relatives.
    const [changed, neighbour] = await sql<{ id: string; slug: string; price: number; variant: string }[]>`
      select distinct on (split_part(c.path, '/', 1)) p.id, p.slug, v.price::float8 as price, v.id as variant
      from products p join categories c on c.id = p.category_id join variants v on v.product_id = p.id and v.is_active
      where p.status = 'active' and not p.is_featured and v.compare_at_price is null
      order by split_part(c.path, '/', 1), p.id, v.position limit 2`;
    if (!changed || !neighbour) throw new Error("the shop under test has too few products");
    const etag = async () => {
      await request.get(`/p/${neighbour.slug}`);
      return (await request.get(`/p/${neighbour.slug}`)).headers().etag;
    };
    const before = await etag();
    await request.get(`/p/${changed.slug}`);
    const price = changed.price + 1111;
    await sql`update variants set price = ${price} where id = ${changed.variant}`;
    await expire(request, `product:${changed.id}`);
    expect(await (await request.get(`/p/${changed.slug}`)).text()).toContain((price / 100).toFixed(2));
    expect(await etag()).toBe(before);
    await sql`update variants set price = ${changed.price} where id = ${changed.variant}`;
  } finally {
    await sql.end();
  }
});

test("what is sold out says so on its page and in its category, and other categories stay as they were", async ({
  request,
}) => {
  const sql = await connected();
  try {
    // The last of a category, so that no other journey buys it meanwhile; it stands on the category's last page.
    const [gone] = await sql<
      { id: string; slug: string; name: string; variant: string; path: string; stock: number }[]
    >`
      select p.id, p.slug, p.name, v.id as variant, c.path, i.on_hand as stock
      from products p join categories c on c.id = p.category_id join variants v on v.product_id = p.id
        join inventory i on i.variant_id = v.id
      where p.status = 'active' and not p.is_featured and i.reserved = 0 and i.on_hand > i.low_stock_threshold
        and not i.backorder and i.buckets = 1 and (select count(*) from variants o where o.product_id = p.id) = 1
        and (select count(*) from products o where o.category_id = c.id and o.status = 'active') <= 12
        and not exists (select from categories d where d.parent_id = c.id)
      order by p.published_at, p.id limit 1`;
    if (!gone) throw new Error("the shop under test has no such product");
    const [other] = (await linksOn(request, "/", "/c/")).filter(
      (path) => !`/c/${gone.path}`.startsWith(path),
    );
    const etag = async () => {
      await request.get(other ?? "/c/none");
      return (await request.get(other ?? "/c/none")).headers().etag;
    };
    const card = async () => {
      const html = await (await request.get(`/c/${gone.path}`)).text();
      return html.split("<article").find((part) => part.includes(`href="/p/${gone.slug}"`)) ?? "";
    };
    const before = await etag();
    expect(await card()).toContain(gone.name);
    expect(await card()).not.toContain("Sold out");
    await sql`update inventory set on_hand = 0 where variant_id = ${gone.variant}`;
    try {
      await expire(request, `product:${gone.id}`);
      expect(await card()).toContain("Sold out");
      expect(await (await request.get(`/p/${gone.slug}`)).text()).toContain("Sold out");
      expect(await etag()).toBe(before);
    } finally {
      await sql`update inventory set on_hand = on_hand + ${gone.stock} where variant_id = ${gone.variant}`;
      await expire(request, `product:${gone.id}`);
    }
    expect(await card()).not.toContain("Sold out");
  } finally {
    await sql.end();
  }
});

/** Public catalogue pages come out of the cache, and a change reaches exactly the pages that show it. */
import { type APIRequestContext, expect, test } from "@playwright/test";

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

test("a new price shows on the next request and leaves the neighbour's page alone", async ({ request }) => {
  const url = process.env.DATABASE_URL;
  const secret = process.env.INTERNAL_SECRET;
  expect(url && secret, "DATABASE_URL and INTERNAL_SECRET of the shop under test").toBeTruthy();
  const { default: postgres } = await import("postgres");
  const sql = postgres(url ?? "", { max: 1, onnotice: () => {} });
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
    const told = await request.post("/api/cache/expire", {
      headers: { authorization: `Bearer ${secret}` },
      data: { tags: [`product:${changed.id}`] },
    });
    expect(told.ok()).toBe(true);
    expect(await (await request.get(`/p/${changed.slug}`)).text()).toContain((price / 100).toFixed(2));
    expect(await etag()).toBe(before);
    await sql`update variants set price = ${changed.price} where id = ${changed.variant}`;
  } finally {
    await sql.end();
  }
});

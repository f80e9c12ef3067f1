/** Words that are a script, written into every field that takes words, and read on every page that shows them. */
import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import postgres from "postgres";
import sharp from "sharp";
import { doorOf, fieldOf, newPerson, withCookies } from "./authorisation/person";
import { base, post, saidBy, sendPicture, someAddress } from "./authorisation/sending";
import { openWorld } from "./authorisation/world";
import { expect, test } from "./fixtures";
import { BY_FORMS, lookAt, WORDS, wordsIn } from "./stored-words";

test.describe.configure({ timeout: 240_000 });

/** The rich text of a description takes HTML: what is none of ours is taken out of it. */
const RICH = `<p onclick="window.stored=1">Rich ${WORDS}</p><a href="javascript:window.stored=1">link</a>
  <a href="java&#10;script:window.stored=1">link</a><svg onload=window.stored=1></svg><iframe srcdoc="<script>parent.stored=1</script>"></iframe>
  <style>*{background:url(javascript:window.stored=1)}</style><form action="//evil.example"><button formaction="javascript:window.stored=1">x</button></form>`;

test("words that are a script stay words, on every page, in every file", async ({ page, faults }) => {
  faults.allow(/status of 404/);
  const { world, cookies } = await openWorld();
  const person = await newPerson();
  let mine = person.cookie;
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const mark = Date.now().toString(36);
  const refused: string[] = [];

  const send = async (who: "me" | "admin", name: string, fields: Record<string, string>) => {
    const answer = await post(doorOf(name), fields, { cookie: who === "admin" ? cookies.admin : mine });
    if (who === "me") mine = withCookies(mine, answer);
    const said = await saidBy(answer.clone());
    if (said !== "done" && said !== "leads on")
      refused.push(`${name}: ${said} ${(await answer.text()).slice(0, 600)}`);
    return answer.headers.get("x-action-redirect") ?? "";
  };
  const read = async (path: string, cookie = mine) =>
    (await fetch(base + path, { headers: { cookie, "x-forwarded-for": someAddress() } })).text();

  // A product, by an admin.
  const made = await send("admin", "admin/catalog.ts#newProduct", {
    ...{ name: WORDS, categoryId: world.categoryId, price: "20.00", sku: `ST-${mark}`, stock: "50" },
    ...{ ownerId: world.owner, requestKey: randomUUID() },
  });
  const productId = /products\/([0-9a-f-]{36})/.exec(made)?.[1] ?? "";
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#c84" } })
    .jpeg()
    .toBuffer();
  const drawn = new Uint8Array(jpeg);
  await sendPicture(
    { productId, alt: WORDS },
    new File([drawn], `${WORDS.replaceAll("/", "")}.jpg`),
    cookies.admin,
  );
  const [variant] = await sql<{ id: string; version: number; sku: string; product: number }[]>`
    SELECT v.id, v.version, v.sku, p.version AS product FROM variants v JOIN products p ON p.id = v.product_id WHERE p.id = ${productId}`;
  await send("admin", "admin/catalog.ts#editProduct", {
    ...{ productId, version: String(variant?.product), name: WORDS, subtitle: WORDS, slug: `stored-${mark}` },
    ...{
      description: RICH,
      descriptionFormat: "html",
      status: "active",
      categoryId: world.categoryId,
      tags: "plain",
    },
    ...{ metaTitle: WORDS, metaDescription: WORDS, "variants.0.id": variant?.id ?? "" },
    ...{
      "variants.0.version": String(variant?.version),
      "variants.0.price": "20.00",
      "variants.0.isActive": "on",
      "variants.0.sku": variant?.sku ?? "",
    },
  });

  // A customer who buys it, and all that both write about it.
  const street = {
    name: WORDS,
    company: WORDS,
    line1: WORDS,
    line2: WORDS,
    city: WORDS.slice(0, 75),
    postalCode: "10119",
    country: "DE",
  };
  await send("me", "accounts.ts#updateProfile", { name: WORDS, phone: "" });
  await send("me", "addresses.ts#saveAddress", street);
  await send("me", "reviews.ts#writeReview", { productId, rating: "5", title: WORDS, comment: WORDS });
  await send("me", "contact.ts#writeToShop", {
    name: WORDS,
    email: person.email,
    message: WORDS,
    orderNumber: WORDS.slice(0, 40),
    website: "",
  });
  await send("me", "wishlist.ts#addToWishlist", { variantId: variant?.id ?? "" });
  await send("me", "cart.ts#addToCart", { variantId: variant?.id ?? "", quantity: "2" });
  const shipping = Object.fromEntries(
    Object.entries(street).map(([name, value]) => [`shipping.${name}`, value]),
  );
  await send("me", "checkout.ts#saveAddress", { email: person.email, note: WORDS, ...shipping });
  await send("me", "checkout.ts#saveDelivery", {
    shippingRateId: fieldOf(await read("/checkout/delivery"), "shippingRateId"),
  });
  const payment = await read("/checkout/payment");
  await send("me", "checkout.ts#placeOrder", {
    ...{
      method: "cash_on_delivery",
      checkoutId: fieldOf(payment, "checkoutId"),
      expectedTotal: fieldOf(payment, "expectedTotal"),
    },
  });
  const [bought] = await sql<
    {
      id: string;
      number: string;
      fulfilment: string;
      line: string;
      user: string;
      review: string;
      version: number;
      seen: string;
    }[]
  >`
    SELECT o.id, o.number, f.id AS fulfilment, l.id AS line, u.id AS user, r.id AS review, r.version FROM users u JOIN orders o ON o.user_id = u.id
      JOIN fulfilments f ON f.order_id = o.id JOIN order_lines l ON l.order_id = o.id LEFT JOIN reviews r ON r.user_id = u.id WHERE u.email = ${person.email}`;
  const order = { orderId: bought?.id ?? "", orderNumber: bought?.number ?? "" };
  await send("admin", "admin/orders.ts#writeNote", { ...order, body: WORDS });
  await send("admin", "admin/orders.ts#startPacking", { ...order, fulfilmentId: bought?.fulfilment ?? "" });
  await send("admin", "admin/orders.ts#sendParcel", {
    ...order,
    fulfilmentId: bought?.fulfilment ?? "",
    carrier: "Other",
  });
  const [parcel] = await sql<
    { id: string }[]
  >`SELECT id FROM shipments WHERE fulfilment_id = ${bought?.fulfilment ?? ""}`;
  await send("admin", "admin/orders.ts#markDelivered", { ...order, shipmentId: parcel?.id ?? "" });
  await send("me", "returns.ts#requestReturn", {
    ...order,
    ...{
      note: WORDS,
      "lines.0.orderLineId": bought?.line ?? "",
      "lines.0.quantity": "1",
      "lines.0.reason": "damaged",
    },
  });
  const [back] = await sql<
    { id: string; number: string }[]
  >`SELECT id, number FROM returns WHERE order_id = ${order.orderId}`;
  const reviews = await read(`/admin/reviews?q=${encodeURIComponent("window.stored")}`, cookies.admin);
  const seen = fieldOf(reviews.slice(Math.max(0, reviews.indexOf(bought?.review ?? "none") - 3_000)), "seen");
  const version = bought?.version ?? 0;
  await send("admin", "admin/reviews.ts#replyToReview", {
    reviewId: bought?.review ?? "",
    version: String(version),
    reply: WORDS,
  });
  await send("admin", "admin/reviews.ts#moderateReview", {
    reviewId: bought?.review ?? "",
    version: String(version + 1),
    decision: "publish",
    seen,
  });
  await send("admin", "admin/discounts.ts#saveDiscount", {
    title: WORDS,
    code: `ST${mark}`.toUpperCase(),
    kind: "percentage",
    value: "1",
  });
  await send("admin", "admin/order-list.ts#keepOrderView", {
    name: `${mark} ${WORDS.slice(6, 54)}`,
    list: "view=all",
  });
  const [text] = await sql<{ version: number }[]>`SELECT version FROM content_pages WHERE slug = 'privacy'`;
  const privacy = { slug: "privacy", version: String(text?.version ?? 0) };
  await send("admin", "admin/content.ts#savePageText", {
    ...{
      ...privacy,
      title: WORDS.slice(0, 120),
      summary: WORDS,
      body: `${RICH}\n\n${WORDS}\n\n[${WORDS}](javascript:window.stored=1)`,
    },
  });
  expect(refused).toEqual([]);
  // What no form takes: links and words of machines, and whatever got past a form once.
  const link = "javascript:window.stored=1";
  const told = (to: string | null) =>
    sql`INSERT INTO notifications (id, user_id, type, title, message, link, dedupe_key)
      VALUES (gen_random_uuid(), ${bought?.user ?? ""}, 'order', ${WORDS}, ${WORDS}, ${to}, ${mark})`.execute();
  const tracked = (address: string) =>
    sql`UPDATE shipments SET tracking_url = ${address} WHERE id = ${parcel?.id ?? ""}`.execute();
  await expect(tracked(link)).rejects.toThrow("shipments_tracking_url");
  await expect(told(link)).rejects.toThrow("notifications_link");
  await told(null);
  await sql`UPDATE shipments SET tracking_number = ${WORDS} WHERE id = ${parcel?.id ?? ""}`;
  await sql`UPDATE users SET image = ${link}, staff_note = ${WORDS} WHERE id = ${bought?.user ?? ""}`;
  const [discount] = await sql<
    { id: string }[]
  >`SELECT id FROM discounts WHERE code = ${`ST${mark}`.toUpperCase()}`;
  const mails = await sql<
    { id: string }[]
  >`SELECT id FROM mail WHERE to_email = ${person.email} ORDER BY created_at DESC LIMIT 3`;

  /** Where it stands, and whether the words themselves must be read there. */
  const shop: [string, boolean][] = [
    [`/p/stored-${mark}`, true],
    [`/reviews/stored-${mark}`, true],
    [`/search?q=${encodeURIComponent(WORDS)}`, true],
    [`/c/${world.category}?sort=newest`, false],
    ["/wishlist", true],
    ["/account", true],
    ["/account/profile", true],
    ["/account/addresses", true],
    ["/account/notifications", true],
    ["/account/orders", false],
    ["/account/returns", true],
    ["/account/reviews", true],
    [`/orders/${order.orderNumber}`, true],
    [`/orders/${order.orderNumber}/invoice`, true],
    [`/sign-in?callbackUrl=${encodeURIComponent(WORDS)}`, false],
    ["/privacy", true],
  ];
  const office: [string, boolean][] = [
    [`/admin/products/${productId}`, true],
    [`/admin/products/${productId}/preview`, true],
    [`/admin/products?q=${encodeURIComponent("window.stored")}`, true],
    [`/admin/stock?q=ST-${mark}`, true],
    [`/admin/stock/${variant?.id}`, true],
    ["/admin/orders", true],
    [`/admin/orders?q=${encodeURIComponent(WORDS)}`, true],
    [`/admin/orders/${order.orderNumber}`, true],
    [`/admin/orders/${order.orderNumber}/invoice`, true],
    [`/admin/orders/slips?ids=${order.orderId}`, true],
    [`/admin/customers/${bought?.user}`, true],
    [`/admin/customers?q=${encodeURIComponent(person.email)}`, true],
    [`/admin/returns/${back?.number}`, true],
    ["/admin/reviews", false],
    ["/admin/discounts", true],
    ["/admin/pages", true],
    ["/admin/pages/privacy", true],
    [`/admin/discounts/${discount?.id}`, true],
    [`/admin/find?q=${encodeURIComponent(WORDS)}`, true],
    ["/admin/audit", false],
    ...mails.map(({ id }): [string, boolean] => [`/admin/mail/${id}`, false]),
    ["/admin", false],
  ];
  const held = await wordsIn(sql);
  expect(BY_FORMS.filter((column) => !held.has(column))).toEqual([]);
  const wrong: string[] = [];
  const look = async (address: string, isRead: boolean) =>
    wrong.push(...(await lookAt(page, faults, address, isRead)));
  const [name = "", value = ""] = (/session=[^;]+/.exec(mine)?.[0] ?? "").split("=", 2);
  await page.context().addCookies([{ name, value, url: base }]);
  for (const [address, isRead] of shop) await look(address, isRead);
  await page.context().clearCookies();
  await page.context().addCookies([{ name, value: cookies.admin.slice("session=".length), url: base }]);
  for (const [address, isRead] of office) await look(address, isRead);
  expect(wrong).toEqual([]);

  // Files: no cell that a spreadsheet computes, no tag in what is read as XML or Markdown.
  const files = [
    "/admin/orders/export.csv",
    "/admin/refunds/export.csv",
    "/api/export",
    "/api/stock/sheet",
    `/admin/payouts/owners/${world.owner}/statement.csv`,
  ];
  for (const file of files) {
    const rows = parse(await read(file, cookies.admin), {
      bom: true,
      relax_column_count: true,
    }) as string[][];
    const cells = rows.flat();
    expect(cells.length, file).toBeGreaterThan(20);
    expect(
      cells.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell)),
      file,
    ).toEqual([]);
  }
  for (const file of [
    "/feeds/google.xml",
    `/p/stored-${mark}.md`,
    "/privacy.md",
    "/llms.txt",
    "/sitemap.xml",
  ])
    expect(await read(file, ""), file).not.toMatch(/(?<!\\)<(?:script|img)\b/);
  await send("admin", "admin/catalog-bulk.ts#changeProducts", { ids: productId, status: "archived" });
  await send("admin", "admin/content.ts#resetPageText", {
    ...privacy,
    version: String(Number(privacy.version) + 1),
  });
  await sql.end();
});

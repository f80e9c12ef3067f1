/** Words that are a script in every column that holds words and that no shopper fills: past all forms, read on the pages that show them. */
import { randomUUID } from "node:crypto";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { addressesOf, pages } from "./authorisation/places";
import { base, someAddress } from "./authorisation/sending";
import { NOWHERE, openWorld, type World } from "./authorisation/world";
import { expect, test } from "./fixtures";
import { BY_FORMS, lookAt, textColumns, WORDS, wordsIn } from "./stored-words";

test.describe.configure({ timeout: 240_000 });

/** Names, numbers and states that code alone writes, by the end of the column's name. */
const MADE_BY_CODE =
  /(?:^|_)(?:id|key|keys|code|hash|hashes|token|secret|kind|status|machine|outcome|currency|country|region|slug|path|method|type|provider|format|template|locale|time_zone|backdrop|placeholder|swatch|image|purpose|voter|holder|email|phone|postal_code|number|undo|lines|page|action|subject|automatic|password_hash|prefix)$/;
/** Tables of code's own: marks, sums, and words that are taken apart for searching. */
const OWN_TABLES =
  /^(?:accounts|cache_expiries|rate_limits|request_keys|slug_redirects|search_(?:hits|words|values|products)|sales_days|product_days|status_transitions|totp)$/;
const NOT_SHOWN: Readonly<Record<string, string>> = {
  "carts.discount_code": "a code is of letters and digits",
  "checkouts.billing_address": "an address as it is typed: order_addresses shows it",
  "checkouts.shipping_address": "an address as it is typed: order_addresses shows it",
  "payments.gateway_response": "kept for people who read the database",
  "refunds.gateway_response": "kept for people who read the database",
  "order_events.data": "numbers and names of states; what people write stands in notes",
  "import_rows.before": "rows to go back to",
  "former_orders.source": "written by code: the system that an import is of",
  "imports.mapping": "columns of the shop",
  "imports.options": "choices of the form",
  "imports.summary": "counts",
  "mail.data": "drawn by the mail's own test and in a frame without scripts",
  "order_lines.variant_title": "the words of variants.title",
  "order_lines.product_slug": "a slug",
  "saved_views.query": "an address, read field by field",
  "settings.store_name": "on every page, where other journeys read it: app/stored-name.test.ts",
  "settings.home_statement": "as the name: app/stored-name.test.ts",
  "shipments.carrier": "one of a list, or a name beside tracking_number",
  "shipments.service": "one of a list, or a name beside tracking_number",
  "shipments.tracking_url": "http(s) alone, by a constraint",
  "notifications.link": "a path of the shop, by a constraint",
  "payout_runs.refusal": "one of a list, by a constraint",
  "orders.discount_code": "a code is of letters and digits",
  "variants.option_key": "ids",
  "variants.sku": "as the shop's name: app/stored-name.test.ts",
  "order_lines.sku": "the words of variants.sku",
  "variants.unit": "one of a list",
  "webhook_events.payload": "people's data is cut out; shown by name",
  "users.first_name": "the profile's own test writes it",
  "users.last_name": "the profile's own test writes it",
  "users.username": "is not shown",
  "products.description": "HTML that is cleaned: the other journey",
};

const CODE = /<(?:script>window\.stored|img src=x)/;
/** It names the browser of a session in words of its own. */
const PROFILE = "/account/profile";

test("words that got past every form stay words in the back office", async ({ page, faults }) => {
  faults.allow(/status of 404/);
  const { world, cookies } = await openWorld();
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const places = [...(await insert(sql, world, undo)), ...(await overwrite(sql, world, undo))];
    const held = await wordsIn(sql);
    const open = (await textColumns(sql))
      .map(({ table, column }) => ({ table, column, name: `${table}.${column}` }))
      .filter(
        ({ table, column, name }) =>
          !MADE_BY_CODE.test(column) && !OWN_TABLES.test(table) && !(name in NOT_SHOWN),
      )
      .map(({ name }) => name);
    expect(open.filter((name) => !held.has(name) && !BY_FORMS.includes(name))).toEqual([]);

    await page
      .context()
      .addCookies([{ name: "session", value: cookies.admin.slice("session=".length), url: base }]);
    const wrong: string[] = [];
    for (const place of new Set(places))
      wrong.push(...(await lookAt(page, faults, place, place !== PROFILE)));
    // They may stand on any other page as well: none may send them as code.
    for (const address of addressesOf(pages, world)) {
      const headers = { cookie: cookies.admin, "x-forwarded-for": someAddress() };
      if (CODE.test(await (await fetch(base + address, { headers })).text()))
        wrong.push(`${address}: sent as code`);
    }
    expect(wrong).toEqual([]);
  } finally {
    for (const back of undo.reverse()) await back();
    await sql.end();
  }
});

/** What a trigger would refuse is what an attacker found a way around. */
const freely = (sql: Sql, work: (tx: TransactionSql) => Promise<unknown>) =>
  sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await work(tx);
  });

/** Words in the form of what stood there: a list, an object, a text. */
const wordsFor = (sql: Sql, before: unknown) =>
  Array.isArray(before) ? [WORDS] : before instanceof Object ? sql.json({ name: WORDS }) : WORDS;

/** New rows of words; answers where they are read. */
async function insert(sql: Sql, world: World, undo: (() => Promise<unknown>)[]): Promise<string[]> {
  const mark = Date.now().toString(36);
  const add = async (table: string, row: Record<string, unknown>) => {
    const id = randomUUID();
    await freely(sql, (tx) => tx`INSERT INTO ${tx(table)} ${tx({ id, ...row } as Record<string, string>)}`);
    undo.push(() => freely(sql, (tx) => tx`DELETE FROM ${tx(table)} WHERE id = ${id}`));
    return id;
  };
  const slug = `stored-${mark}`;
  await add("categories", { name: WORDS, slug, path: slug, description: WORDS, position: 99 });
  const zone = await add("shipping_zones", { name: WORDS, position: 99 });
  await add("shipping_rates", { zone_id: zone, name: WORDS, amount: 100, days_min: 1, days_max: 2 });
  const tax = await add("tax_classes", { code: slug, name: WORDS });
  await add("tax_rates", { tax_class_id: tax, country: "DE", name: WORDS, rate: 1 });
  await add("membership_tiers", { code: slug, name: WORDS, benefit: WORDS, position: 99 });
  await add("synonyms", { terms: [WORDS, "plain"] });
  await add("search_log", { query: WORDS, results: 0 });
  await add("guest_notes", { email: `${mark}@example.com`, note: WORDS });
  const former = await add("former_orders", {
    ...{
      source: "shopify",
      external_id: mark,
      number: `#${mark}`,
      email: `${mark}@example.com`,
      currency: "EUR",
    },
    ...{
      placed_at: new Date().toISOString(),
      subtotal: 1,
      shipping: 0,
      tax: 0,
      discount: 0,
      total: 1,
      refunded: 0,
    },
    ...{ financial_status: WORDS, fulfilment_status: WORDS, discount_code: WORDS, shipping_method: WORDS },
    ...{ address: sql.json({ name: WORDS, line1: WORDS, city: WORDS }), note: WORDS, tags: [WORDS] },
  });
  await add("former_order_lines", {
    ...{ order_id: former, position: 1, title: WORDS, sku: WORDS, quantity: 1, price: 1, discount: 0 },
  });
  const imported = await add("imports", {
    ...{ file_name: WORDS, file_hash: mark, format: "shopify", owner_id: world.owner, message: WORDS },
    ...{ status: "failed", finished_at: new Date().toISOString() },
  });
  await add("import_rows", {
    import_id: imported,
    line: 1,
    handle: WORDS,
    outcome: "failed",
    message: WORDS,
  });
  await add("audit", {
    ...{ actor_kind: "system", action: "settings.saved", subject: "settings", subject_id: "1" },
    ...{ before: sql.json({ legalName: WORDS }), after: sql.json({ legalName: `${WORDS} 2` }) },
  });
  const payout = await add("payouts", {
    ...{ owner_id: world.owner, status: "failed", amount: 100, currency: "EUR", method: "manual" },
    ...{ reference: WORDS, failure_reason: WORDS },
  });
  const webhook = await add("webhook_events", {
    ...{ provider_event_id: `evt_${mark}`, type: "charge.failed", payload: sql.json({}), error: WORDS },
  });
  await sql`INSERT INTO search_queries (query, times, results) VALUES (${WORDS}, 9, 0)`;
  undo.push(() => sql`DELETE FROM search_queries WHERE query = ${WORDS}`);
  const [paid] = await sql<{ id: string; number: string; order: string }[]>`
    SELECT p.id, o.number, o.id AS order FROM payments p JOIN orders o ON o.id = p.order_id ORDER BY p.id LIMIT 1`;
  await add("payment_attempts", {
    ...{ payment_id: paid?.id, outcome: "failed", message: WORDS, failure_code: WORDS, decline_code: WORDS },
  });
  await add("disputes", {
    ...{ order_id: paid?.order, payment_id: paid?.id, provider_dispute_id: mark, status: "open", amount: 1 },
    reason: WORDS,
  });
  return [
    ...["/admin/categories", `/c/${slug}?sort=newest`, "/admin/shipping", "/admin/taxes", "/admin/search"],
    ...["/admin/orders/former", `/admin/orders/former/${former}`, "/admin/customers/memberships"],
    ...["/admin/import", `/admin/import/${imported}`, "/admin/audit", `/admin/orders/${paid?.number}`],
    ...[`/admin/payouts/${payout}`, `/admin/webhooks/${webhook}`],
  ];
}

/** Words in the place of what stood in rows that the demo has, until the end. */
async function overwrite(sql: Sql, world: World, undo: (() => Promise<unknown>)[]): Promise<string[]> {
  const put = async (table: string, columns: readonly string[], id: string | number) => {
    const [before] = await sql`SELECT ${sql([...columns])} FROM ${sql(table)} WHERE id = ${id}`;
    if (!before) throw new Error(`${table} has no ${id}`);
    const write = (row: Record<string, unknown>) =>
      freely(sql, (tx) => tx`UPDATE ${tx(table)} SET ${tx(row as Record<string, string>)} WHERE id = ${id}`);
    await write(Object.fromEntries(columns.map((name) => [name, wordsFor(sql, before[name])])));
    undo.push(() => write(before));
  };
  const one = async (query: Promise<{ id: string; number?: string }[]>) =>
    (await query)[0] ?? { id: NOWHERE, number: "" };
  const cancelled = await one(
    sql`SELECT id, number FROM orders WHERE status = 'cancelled' ORDER BY id LIMIT 1`,
  );
  const refund = await one(
    sql`SELECT r.id, o.number FROM refunds r JOIN orders o ON o.id = r.order_id ORDER BY r.id LIMIT 1`,
  );
  const invoice = await one(
    sql`SELECT i.id, o.number FROM invoices i JOIN orders o ON o.id = i.order_id WHERE i.kind = 'invoice' ORDER BY i.id LIMIT 1`,
  );
  const mail = await one(sql`SELECT id FROM mail ORDER BY id LIMIT 1`);
  const moved = await one(
    sql`SELECT id, variant_id AS number FROM stock_movements WHERE reason IS NOT NULL ORDER BY id DESC LIMIT 1`,
  );
  const event = await one(
    sql`SELECT id FROM order_events WHERE order_id = ${cancelled.id} ORDER BY id DESC LIMIT 1`,
  );
  const session = await one(
    sql`SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.role = 'admin' ORDER BY s.created_at DESC LIMIT 1`,
  );
  const option = await one(sql`SELECT id, product_id AS number FROM product_options ORDER BY id LIMIT 1`);
  const value = await one(sql`SELECT id FROM option_values WHERE option_id = ${option.id} LIMIT 1`);
  const variant = await one(sql`SELECT id FROM variants WHERE product_id = ${option.number ?? ""} LIMIT 1`);
  await put("orders", ["cancel_note", "shipping_rate_name"], cancelled.id);
  await put("refunds", ["reason"], refund.id);
  await put("invoices", ["seller"], invoice.id);
  await put("mail", ["subject", "last_error"], mail.id);
  await put("stock_movements", ["reason"], moved.id);
  await put("products", ["tags", "details"], option.number ?? "");
  await put("reviews", ["author_name"], world.review);
  await put("order_events", ["reason"], event.id);
  await put("sessions", ["user_agent"], session.id);
  await put(
    "settings",
    ["legal_name", "seller_address", "tax_number", "bank_details", "tagline", "home_text"],
    1,
  );
  await put("returns", ["decision_note"], world.returnId);
  await put("owners", ["name", "about"], world.owner);
  await put("product_options", ["name"], option.id);
  await put("option_values", ["value"], value.id);
  await put("variants", ["title", "barcode"], variant.id);
  return [
    ...[
      `/admin/orders/${cancelled.number}`,
      `/admin/orders/${refund.number}`,
      `/admin/orders/${invoice.number}/invoice`,
    ],
    ...[`/admin/mail/${mail.id}`, `/admin/returns/${world.returnNumber}`],
    ...[
      `/admin/products/${option.number}`,
      `/admin/payouts/owners/${world.owner}`,
      `/admin/staff/${world.colleague}`,
    ],
    ...[`/admin/stock/${moved.number}`, "/admin/settings", PROFILE, "/admin/reviews"],
  ];
}

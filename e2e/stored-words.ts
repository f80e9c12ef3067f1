/** Words that are a script, and what a page that shows them must not do with them. */
import type { Page } from "@playwright/test";
import type { Sql } from "postgres";
import type { Faults } from "./fixtures";

/** Leaves an attribute, a tag and a script's string; begins as a formula. */
export const WORDS = `=1+1"'><script>window.stored=1</script><img src=x onerror=window.stored=1>`;
/** What is left of them in any text that holds them. */
export const MARK = "<script>window.stored=1</script>";

/** Opens a page; answers what is wrong with it. `isRead`: the words themselves must be read there. */
export async function lookAt(
  page: Page,
  faults: Faults,
  address: string,
  isRead: boolean,
): Promise<string[]> {
  const before = faults.seen.length;
  await page.goto(address);
  await page.waitForLoadState("load");
  const found = await page.evaluate((mark) => {
    const attributes = [...document.querySelectorAll("*")].flatMap((element) =>
      [...element.attributes].filter(
        ({ name, value }) =>
          /^on/i.test(name) ||
          (/^(?:href|src|action|formaction|xlink:href|srcdoc)$/i.test(name) &&
            /^\s*(?:javascript|data:text)/i.test(value)),
      ),
    );
    // In the page's own data the words are text of a string; a script of their own is what must not be.
    const scripts = [...document.scripts].filter(({ text }) => /^\s*window\.stored/.test(text));
    const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map(
      ({ value }) => value,
    );
    return {
      // React writes one of its own for a form that is submitted before it listens.
      attributes: attributes
        .map(({ name, value }) => `${name}=${value}`)
        .filter((text) => !text.startsWith("action=javascript:throw new Error('A React form")),
      ran: "stored" in window,
      scripts: scripts.length,
      isRead: [document.body.textContent, ...fields].some((text) => text?.includes(mark)),
    };
  }, MARK);
  return [
    ...found.attributes.map((attribute) => `${address}: ${attribute}`),
    ...(found.ran || found.scripts > 0 ? [`${address}: it ran`] : []),
    ...(isRead && !found.isRead ? [`${address}: the words are not shown`] : []),
    ...faults.seen.slice(before).map((fault) => `${address}: ${fault}`),
  ];
}

/** Columns of words that stored-script.spec.ts fills by the shop's own forms. */
export const BY_FORMS: readonly string[] = [
  ...["name", "company", "line1", "line2", "city"].flatMap((name) => [
    `addresses.${name}`,
    `order_addresses.${name}`,
  ]),
  ...["name", "subtitle", "meta_title", "meta_description"].map((name) => `products.${name}`),
  ...["title", "comment", "reply"].map((name) => `reviews.${name}`),
  ...["notifications.title", "notifications.message", "orders.note", "order_notes.body", "returns.note"],
  ...["product_images.alt", "users.staff_note", "shipments.tracking_number", "discounts.title"],
  ...["title", "summary", "body"].map((name) => `content_pages.${name}`),
  ...["saved_views.name", "order_lines.product_name", "checkouts.note"],
];

/** The columns of the whole database in which the words stand, as "table.column". */
export async function wordsIn(sql: Sql): Promise<Set<string>> {
  const held = new Set<string>();
  for (const { table, column } of await textColumns(sql)) {
    const [row] =
      await sql`SELECT 1 FROM ${sql(table)} WHERE ${sql(column)}::text LIKE ${`%${MARK}%`} LIMIT 1`;
    if (row) held.add(`${table}.${column}`);
  }
  return held;
}

/** Every column that could hold words. */
export const textColumns = (sql: Sql) =>
  sql<{ table: string; column: string }[]>`
    SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0
      AND NOT a.attisdropped AND a.attgenerated = '' AND format_type(a.atttypid, NULL) IN ('text', 'text[]', 'jsonb')
    ORDER BY 1, 2`;

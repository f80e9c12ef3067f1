/** The product editor by its forms: category and tags, and the schedule until the clock has done what it says. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { runJobs } from "@/db/testing/orders";
import { undoSave } from "@/lib/actions/admin/audit";
import { editProduct } from "@/lib/actions/admin/catalog";
import { scheduleProduct } from "@/lib/actions/admin/catalog-schedule";
import { EVERYTHING } from "@/lib/domain/search";
import { listCategory } from "@/lib/queries/catalog/category";
import { getProduct } from "@/lib/queries/catalog/product";
import { search } from "@/lib/queries/catalog/search";
import AdminProduct from "./[id]/page";
import AdminProducts from "./page";

let world: Cast;
const below = newId();
beforeAll(async () => {
  world = await cast();
  await db.execute(sql`INSERT INTO categories (id, name, slug, path, parent_id)
    VALUES (${below}, 'Cups', 'cups', 'objects/cups', ${world.id.category})`);
  await db.execute(sql`UPDATE settings SET time_zone = 'Europe/Berlin'`);
  await comeAs(world.id.line);
});

const editor = (id: string, query = {}) => pageOf(AdminProduct, query, { id });
const queryOf = (answer: object): Record<string, string> =>
  Object.fromEntries(new URL("to" in answer ? String(answer.to) : "", "http://shop").searchParams);
const rowOf = async (id: string) => {
  const [row] = await db.execute<{
    status: string;
    tags: string[];
    category: string;
    in: string;
    out: string;
  }>(
    sql`SELECT p.status, p.tags, c.name AS category, p.publish_at::text AS "in", p.unpublish_at::text AS "out"
      FROM products p JOIN categories c ON c.id = p.category_id WHERE p.id = ${id}`,
  );
  return row;
};

it("keeps the category and the tags of its form, shows them again, and takes both back", async () => {
  const { id } = world.mug;
  const before = await rowOf(id);
  const page = await editor(id);
  expect(page).toMatch(/<option value="[^"]*">Objects \/ Cups<\/option>/);
  const saved = await sendForm(page, "In search engines", editProduct, {
    categoryId: below,
    tags: " Stoneware,  for  two , stoneware,, front page ",
  });
  expect(queryOf(saved)).toMatchObject({ done: "saved" });
  // Each once, in small letters; what the shop itself tags with is not an owner's to set.
  expect(await rowOf(id)).toMatchObject({
    category: "Cups",
    tags: ["stoneware", "for two"],
    status: "active",
  });
  const after = await editor(id, queryOf(saved));
  expect(wordsOf(after)).toContain("Saved. The shop shows it already.");
  expect(after).toMatch(new RegExp(`<option value="${below}" selected="">Objects / Cups</option>`));
  expect(after).toMatch(/<textarea[^>]*name="tags"[^>]*>stoneware, for two<\/textarea>/);
  // The shop has it there, and the list of products finds it by both.
  const shown = await listCategory("objects/cups", 1);
  expect(shown && "cards" in shown && shown.cards.map(({ slug }) => slug)).toEqual(["mug-one"]);
  for (const query of [{ category: below }, { tag: "For Two" }] as Record<string, string>[]) {
    const list = wordsOf(await pageOf(AdminProducts, query));
    expect(list).toContain("Mug One");
    expect(list).not.toContain("Print One");
  }
  const wrong = await sendForm(after, "In search engines", editProduct, { categoryId: newId() });
  expect(wrong).toMatchObject({ status: "error", fieldErrors: { categoryId: "Please choose a category." } });
  await sendForm(after, ">Undo<", undoSave);
  expect(await rowOf(id)).toEqual(before);
});

/** The clock reaches a moment of a product: what was planned for it is due now. */
async function reach(id: string, column: "publish_at" | "unpublish_at"): Promise<void> {
  await db.execute(
    sql`UPDATE products SET ${sql.identifier(column)} = shop_now() - interval '1 second' WHERE id = ${id}`,
  );
  // Each moment has its job; the earlier one's comes.
  await db.execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE id = (
    SELECT id FROM graphile_worker._private_jobs WHERE key LIKE 'catalog.due:%' ORDER BY run_at LIMIT 1)`);
  await runJobs();
}

it("puts a draft into the shop and out of it again by the clock, as its form says", async () => {
  const { id, slug } = world.print;
  const isSold = async () => ({
    page: "name" in ((await getProduct(slug)) ?? {}),
    found: (await search({ ...EVERYTHING, q: "print" })).cards.some((card) => card.slug === slug),
  });
  await sendForm(await editor(id), "In search engines", editProduct, { status: "draft" });
  expect(await isSold()).toEqual({ page: false, found: false });

  const send = async (typed: Record<string, string>) =>
    sendForm(await editor(id), 'aria-label="Schedule"', scheduleProduct, typed);
  const wrong = await send({ publishAt: "2035-06-02T10:00", unpublishAt: "2035-06-01T10:00" });
  expect(wrong).toMatchObject({ status: "error", fieldErrors: { unpublishAt: expect.anything() } });
  const kept = await send({ publishAt: "2035-06-01T10:00", unpublishAt: "2035-06-02T10:30" });
  expect(queryOf(kept)).toMatchObject({ done: "scheduled" });
  // On the store's clock: summer in Berlin.
  expect(await rowOf(id)).toMatchObject({
    status: "draft",
    in: "2035-06-01 08:00:00+00",
    out: "2035-06-02 08:30:00+00",
  });
  const page = await editor(id, queryOf(kept));
  expect(wordsOf(page)).toContain("The schedule is kept.");
  expect(page).toMatch(
    /name="publishAt"[^>]*value="2035-06-01T10:00"|value="2035-06-01T10:00"[^>]*name="publishAt"/,
  );
  expect(wordsOf(await pageOf(AdminProducts, { q: "print" }))).toMatch(/in: .*1 Jun.* · out: .*2 Jun/);
  await runJobs();
  expect(await isSold()).toEqual({ page: false, found: false });

  await reach(id, "publish_at");
  expect(await rowOf(id)).toMatchObject({ status: "active", in: null, out: "2035-06-02 08:30:00+00" });
  expect(await isSold()).toEqual({ page: true, found: true });
  // What is in the shop has one moment left to choose.
  expect(await editor(id)).not.toContain('name="publishAt"');

  await reach(id, "unpublish_at");
  expect(await rowOf(id)).toMatchObject({ status: "draft", in: null, out: null });
  expect(await isSold()).toEqual({ page: false, found: false });
});

it("sells on what its form takes off the schedule", async () => {
  const { id, slug } = world.mug;
  const send = async (unpublishAt: string) =>
    sendForm(await editor(id), 'aria-label="Schedule"', scheduleProduct, { unpublishAt });
  await send("2035-06-01T10:00");
  expect(queryOf(await send(""))).toMatchObject({ done: "unscheduled" });
  expect(await rowOf(id)).toMatchObject({ out: null });
  await db.execute(
    sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'catalog.due:%'`,
  );
  await runJobs();
  expect(await getProduct(slug)).toMatchObject({ name: "Mug One" });
});

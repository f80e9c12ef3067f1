/** Goods as the back office draws them: many changed at once by their form, the front page's choice, ledger and price history. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN, getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { readPricing } from "@/db/pricing";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { undoSave } from "@/lib/actions/admin/audit";
import { editProduct } from "@/lib/actions/admin/catalog";
import { changeProducts, undoProducts } from "@/lib/actions/admin/catalog-bulk";
import { editCategory } from "@/lib/actions/admin/catalog-tree";
import { changeStock } from "@/lib/actions/admin/inventory";
import { quoteCart } from "@/lib/domain/quote";
import { EVERYTHING } from "@/lib/domain/search";
import { getPreview } from "@/lib/queries/admin/product-preview";
import { listCategory } from "@/lib/queries/catalog/category";
import { getHome } from "@/lib/queries/catalog/home";
import { readNavigation } from "@/lib/queries/catalog/navigation";
import { getProduct } from "@/lib/queries/catalog/product";
import { search } from "@/lib/queries/catalog/search";
import { getStore } from "@/lib/queries/settings";
import AdminCategories from "./categories/page";
import AdminProduct from "./products/[id]/page";
import AdminProducts from "./products/page";
import AdminVariantStock from "./stock/[variantId]/page";

const BOOKS = newId();

let world: Cast;
let prints = "";
beforeAll(async () => {
  world = await cast();
  const [row] = await db.execute<{ id: string }>(sql`INSERT INTO categories (id, name, slug, path, parent_id)
    VALUES (gen_random_uuid(), 'Prints', 'prints', 'objects/prints', ${world.id.category}) RETURNING id`);
  prints = row?.id ?? "";
  await db.execute(sql`UPDATE settings SET time_zone = 'UTC'`);
});

/** The query of an address that a form led to. */
const queryOf = (answer: object): Record<string, string> =>
  Object.fromEntries(new URL("to" in answer ? String(answer.to) : "", "http://shop").searchParams);

it("moves ticked products to a category and changes their tags by the list's form, and takes all of it back", async () => {
  await comeAs(world.id.line);
  await db.execute(sql`UPDATE products SET tags = ARRAY['old', 'kept'] WHERE id = ${world.mug.id}`);
  const seen = async () => [
    ...(await db.execute(sql`SELECT p.slug, c.name AS category, p.tags FROM products p
      JOIN categories c ON c.id = p.category_id WHERE p.owner_id = ${world.id.lineShop} ORDER BY 1`)),
  ];
  const before = await seen();
  const list = await pageOf(AdminProducts);
  const answer = await sendForm(list, "Change the ticked products", changeProducts, {
    ids: [world.mug.id, world.print.id],
    categoryId: prints,
    addTags: "wall, paper",
    removeTags: "old",
  });
  expect(queryOf(answer)).toMatchObject({ done: "changed", changed: "2", left: "0" });
  expect(await seen()).toEqual([
    { slug: "mug-one", category: "Prints", tags: ["kept", "wall", "paper"] },
    { slug: "print-one", category: "Prints", tags: ["wall", "paper"] },
  ]);
  const html = await pageOf(AdminProducts, queryOf(answer));
  expect(wordsOf(html)).toContain("2 products changed.");
  const back = await sendForm(html, ">Undo<", undoProducts);
  expect(queryOf(back)).toMatchObject({ done: "undone", changed: "2" });
  expect(await seen()).toEqual(before);
  // The list as it was drawn before all that is no news of what the two are now.
  const late = await sendForm(list, "Change the ticked products", changeProducts, {
    ids: [world.mug.id, world.print.id],
    addTags: "late",
  });
  expect(queryOf(late)).toMatchObject({ done: "changed", changed: "0", overtaken: "2" });
  const told = wordsOf(await pageOf(AdminProducts, queryOf(late)));
  expect(told).toContain(
    "No products changed. Left as they are, because somebody changed them meanwhile: Mug One, Print One.",
  );
  // Names of others are told to nobody, whatever the address says.
  const strange = { done: "changed", changed: "0", overtaken: "2", who: `${world.tote.id},${world.mug.id}` };
  expect(wordsOf(await pageOf(AdminProducts, strange))).toContain("meanwhile: Mug One, 1 more.");
  expect(await seen()).toEqual(before);
  // Another owner's tick changes nothing, not even the own one beside it.
  expect(
    await sendForm(list, "Change the ticked products", changeProducts, {
      ids: [world.mug.id, world.tote.id],
      addTags: "mine",
    }),
  ).toMatchObject({ status: "error" });
  expect(await seen()).toEqual(before);
});

it("puts a featured product first in its band of the front page", async () => {
  for (let i = 0; i < 13; i += 1) await shelf(world);
  const bands = async () => (await getHome()).bands[0]?.cards.map(({ slug }) => slug) ?? [];
  const [, last = ""] = await bands();
  const [row] = await db.execute<{ id: string }>(sql`SELECT id FROM products WHERE slug = ${last}`);
  const editor = () => pageOf(AdminProduct, {}, { id: row?.id ?? "" });
  // It is for admins to choose.
  await comeAs(world.id.line);
  expect(await editor()).not.toContain("Featured on the front page");
  await comeAs(world.id.admin);
  await sendForm(await editor(), "Featured on the front page", editProduct, { isFeatured: "on" });
  expect((await bands())[0]).toBe(last);
  expect(await editor()).toMatch(/<input[^>]*name="isFeatured"[^>]*checked=""/);
});

it("charges the tax of the class that an admin chose in the editor, and the usual one again after an undo", async () => {
  const { id: productId, variantIds } = world.tote;
  const editor = (query = {}) => pageOf(AdminProduct, query, { id: productId });
  const taxOf = async () => {
    const shopper = guest();
    const { cartId } = await getReady(shopper, [{ variantId: variantIds[0] ?? "", quantity: 1 }]);
    const pricing = await readPricing(db, cartId, { place: BERLIN, email: "ada@example.com" });
    return quoteCart(pricing).lines.map(({ taxRate }) => taxRate);
  };
  const kept = async () =>
    (await db.execute(sql`SELECT tax_class_id FROM products WHERE id = ${productId}`))[0]?.tax_class_id;
  await db.execute(
    sql`INSERT INTO tax_classes (id, code, name, is_default) VALUES (${BOOKS}, 'books', 'Books', false)`,
  );
  await db.execute(sql`INSERT INTO tax_rates (id, tax_class_id, country, name, rate)
    VALUES (gen_random_uuid(), ${BOOKS}, 'DE', 'VAT 7 %', 70000)`);
  expect(await taxOf()).toEqual([190_000]);
  // It is for admins to choose.
  await comeAs(world.id.ring);
  const owners = await editor();
  expect(owners).not.toContain('name="taxClassId"');
  await sendForm(
    owners.replace("<fieldset", '<input name="taxClassId" value=""/><fieldset'),
    "In search engines",
    editProduct,
    {
      taxClassId: BOOKS,
    },
  );
  expect(await kept()).toBe(world.id.taxClass);
  await comeAs(world.id.admin);
  const answer = await sendForm(await editor(), "In search engines", editProduct, { taxClassId: BOOKS });
  expect(await taxOf()).toEqual([70_000]);
  const saved = await editor(queryOf(answer));
  expect(saved).toMatch(new RegExp(`<option value="${BOOKS}" selected=""`));
  await sendForm(saved, ">Undo<", undoSave);
  expect(await taxOf()).toEqual([190_000]);
  // "As usual" is no class: such a product goes along where the shop chooses another usual one.
  await sendForm(await editor(), "In search engines", editProduct, { taxClassId: "" });
  expect(await kept()).toBeNull();
  expect(await taxOf()).toEqual([190_000]);
  expect(
    await sendForm(await editor(), "In search engines", editProduct, { taxClassId: newId() }),
  ).toMatchObject({ status: "error", fieldErrors: { taxClassId: "Please choose one." } });
});

it("keeps material and care and what a piece holds, previews both as the shop shows them, and takes each back", async () => {
  const { id: productId } = world.print;
  await comeAs(world.id.line);
  const editor = (query = {}) => pageOf(AdminProduct, query, { id: productId });
  const save = async (typed: Record<string, string>) =>
    sendForm(await editor(), "In search engines", editProduct, typed);
  const undo = async (saved: object) => sendForm(await editor(queryOf(saved)), ">Undo<", undoSave);
  const preview = async () => {
    const shown = await getPreview(world.line, productId, await getStore());
    return `${shown?.care?.html} ${shown?.variants[0]?.unitPrice}`;
  };
  await save({ status: "draft" });
  expect(await preview()).toBe("undefined null");
  const care = await save({ details: "Paper < 300 g.\r\nKeep it dry." });
  expect(await preview()).toBe("<p>Paper &lt; 300 g.<br />Keep it dry.</p> null");
  // 29 euro for 2 m.
  const held = await save({ "variants.0.unitAmount": "2", "variants.0.unit": "m" });
  expect(await preview()).toMatch(/ €14.50 \/ m$/);
  expect(wordsOf(await editor(queryOf(held)))).toContain("holds 2 m");
  for (const content of [
    ["2", ""],
    ["", "m"],
    ["0", "m"],
  ])
    expect(
      await save({ "variants.0.unitAmount": content[0] ?? "", "variants.0.unit": content[1] ?? "" }),
    ).toMatchObject({ status: "error", fieldErrors: { "variants.0.unitAmount": expect.any(String) } });
  await undo(held);
  expect(await preview()).toMatch(/dry.<\/p> null$/);
  await undo(care);
  expect(await preview()).toBe("undefined null");
});

it("hides a category by its form, with its goods still in the shop, and shows it again by an undo", async () => {
  await comeAs(world.id.admin);
  const seen = async () => {
    const [product, below] = [await getProduct(world.mug.slug), await listCategory("objects/prints", 1)];
    return {
      chips: (await search({ ...EVERYTHING, q: "mug" })).categories.map(({ path }) => path),
      menu: (await readNavigation()).categories.map(({ path }) => path),
      page: (await listCategory("objects", 1)) !== null,
      trail: product && "trail" in product ? product.trail.map(({ path }) => path) : "not there",
      below: below && "trail" in below ? below.trail.map(({ path }) => path) : "not there",
    };
  };
  const shown = {
    chips: ["objects"],
    menu: ["objects"],
    page: true,
    trail: ["objects"],
    below: ["objects", "objects/prints"],
  };
  expect(await seen()).toEqual(shown);
  const answer = await sendForm(await pageOf(AdminCategories), "Change Objects", editCategory, {
    isActive: [],
  });
  expect(await seen()).toEqual({ chips: [], menu: [], page: false, trail: [], below: ["objects/prints"] });
  const hidden = await pageOf(AdminCategories, queryOf(answer));
  expect(wordsOf(hidden)).toContain("hidden");
  // What goes there is not found there: whoever chooses it is told, in the list and in the editor.
  for (const page of [await pageOf(AdminProducts), await pageOf(AdminProduct, {}, { id: world.print.id })]) {
    expect(page).toContain(">Objects (hidden)<");
    expect(page).toContain(">Objects / Prints<");
  }
  await sendForm(hidden, ">Undo<", undoSave);
  expect(await seen()).toEqual(shown);
});

/** The rows of a table, each with its words. */
const rowsOf = (html: string) =>
  [...(/<tbody.*?<\/tbody>/s.exec(html)?.[0] ?? "").matchAll(/<tr .*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<td.*?<\/td>/gs)].map(([cell]) => wordsOf(cell).replaceAll("\n", " ")),
  );

it("writes into a variant's ledger who did it, why, and for which order", async () => {
  const mug = world.mug.variantIds[0] ?? "";
  const { number } = await order(guest(), [{ variantId: mug, quantity: 2 }]);
  await comeAs(world.id.line);
  const html = await pageOf(AdminVariantStock, {}, { variantId: mug });
  const answer = await sendForm(html, "What happened", changeStock, {
    how: "correct",
    delta: "-1",
    reason: "Cracked in the kiln",
  });
  const after = await pageOf(AdminVariantStock, queryOf(answer), { variantId: mug });
  const [newest, held, first] = rowsOf(after).map(([what, why, who, , reserved, onHand]) => [
    what,
    why,
    who,
    reserved,
    onHand,
  ]);
  expect(newest).toEqual(["Corrected", "Cracked in the kiln", "line", "·", "−1 = 2"]);
  expect(held).toEqual(["Held for an order", number, "a shopper", "+2", "3"]);
  expect(first).toEqual(["Received", "cast", "the shop", "·", "+3 = 3"]);
  expect(after).toContain(`href="/admin/orders/${number}"`);
  expect(wordsOf(after)).toContain("On hand\n2\nReserved\n2\nAvailable\n0");
});

it("keeps each price of a variant with who changed it, the newest first", async () => {
  await comeAs(world.id.line);
  const editor = () => pageOf(AdminProduct, {}, { id: world.print.id });
  await sendForm(await editor(), "In search engines", editProduct, { "variants.0.price": "31.5" });
  await comeAs(world.id.admin);
  await sendForm(await editor(), "In search engines", editProduct, { "variants.0.price": "30" });
  const history =
    /<section[^>]*aria-labelledby="price-history".*?<\/section>/s.exec(await editor())?.[0] ?? "";
  const entries = [...history.matchAll(/<li.*?<\/li>/gs)].map(([item]) => {
    const [what, , by] = wordsOf(item).split("\n");
    return [what, by];
  });
  expect(entries.slice(0, 2)).toEqual([
    ["Small: €31.50 → €30.00", "· admin"],
    ["Small: €29.00 → €31.50", "· line"],
  ]);
});

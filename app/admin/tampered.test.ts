/** An owner's own forms with fields that they do not have, which are refused, and with other people's ids: what is not theirs stays as it was. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { comeAs, pageOf, sendForm } from "@/db/testing/front-door";
import { editProduct, newProduct } from "@/lib/actions/admin/catalog";
import { scheduleProduct } from "@/lib/actions/admin/catalog-schedule";
import { changeStock } from "@/lib/actions/admin/inventory";
import AdminProduct from "./products/[id]/page";
import NewProduct from "./products/new/page";
import AdminVariantStock from "./stock/[variantId]/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

type Sent = Parameters<typeof sendForm>[2];

/** Sends a form of a page with more fields than it has, each in the place of its own where it has one. */
function sendWith(html: string, marker: string, action: Sent, fields: Record<string, string>) {
  const form = (html.match(/<form .*?<\/form>/gs) ?? []).find((each) => each.includes(marker)) ?? "";
  const more = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}"/>`,
  );
  return sendForm(form.replace("</form>", `${more.join("")}</form>`), marker, action, fields);
}
const kept = async () => [
  ...(await db.execute(sql`SELECT p.id, p.owner_id, p.is_featured, p.tax_class_id, p.created_at, p.sold_recently,
    (SELECT string_agg(row(v.id, v.price, v.sku)::text, ' ' ORDER BY v.id) FROM variants v WHERE v.product_id = p.id) AS variants,
    (SELECT sum(i.on_hand) FROM inventory i JOIN variants v ON v.id = i.variant_id WHERE v.product_id = p.id) AS stock
    FROM products p ORDER BY p.id`)),
];
const people = async () => [
  ...(await db.execute(sql`SELECT u.id, u.role, u.is_active, u.email_verified_at, o.id AS shop, o.commission, o.stripe_account_id
    FROM users u LEFT JOIN owners o ON o.user_id = u.id ORDER BY u.id`)),
];
/** What no form of the shop's goods has. */
const FALSE = () => ({
  userId: world.id.admin,
  role: "admin",
  kind: "admin",
  commission: "0",
  soldRecently: "999",
  createdAt: "2020-01-01",
  "variants.0.ownerId": world.id.ringShop,
  "__proto__.role": "admin",
});
/** What an action says of such a field. */
const refusal = (name: string) => ({
  code: "invalid_input",
  message: `This form was sent with a field that it does not have: ${name}. Load the page again.`,
});

it("refuses an owner's forms with a role, a commission or another shop among their fields, keeps what was typed, and does nothing", async () => {
  await comeAs(world.id.line);
  const before = [await kept(), await people()];
  const forms = [
    [await pageOf(AdminProduct, {}, { id: world.mug.id }), "In search engines", editProduct, "name"],
    [await pageOf(AdminProduct, {}, { id: world.mug.id }), "Schedule", scheduleProduct, "publishAt"],
    [await pageOf(NewProduct), 'name="price"', newProduct, "name"],
  ] as const;
  for (const [html, marker, action, field] of forms)
    for (const [name, value] of Object.entries(FALSE()))
      expect(
        await sendWith(html, marker, action, { [field]: "2035-06-01T10:00", [name]: value }),
        `${marker}, ${name}`,
      ).toMatchObject({ ...refusal(name), values: { [field]: "2035-06-01T10:00" } });
  expect([await kept(), await people()]).toEqual(before);
});

it("leaves the place on the front page, which admins alone set by the same form, as it was", async () => {
  await comeAs(world.id.line);
  const before = [await kept(), await people()];
  const editor = await pageOf(AdminProduct, {}, { id: world.mug.id });
  const saved = await sendWith(editor, "In search engines", editProduct, { isFeatured: "on" });
  expect(saved).toEqual({ to: expect.stringContaining(`/admin/products/${world.mug.id}?done=saved`) });
  expect([await kept(), await people()]).toEqual(before);
});

it("refuses other people's goods among an owner's own, whole", async () => {
  await comeAs(world.id.line);
  const before = await kept();
  const editor = await pageOf(AdminProduct, {}, { id: world.mug.id });
  const tote = {
    "variants.0.id": world.tote.variantIds[0] ?? "",
    "variants.0.version": "1",
    "variants.0.price": "0.01",
  };
  const beside = Object.fromEntries(
    Object.entries(tote).map(([name, value]) => [name.replace("0", "1"), value]),
  );
  for (const fields of [tote, beside, { productId: world.tote.id }] as Record<string, string>[])
    expect(
      await sendWith(editor, "In search engines", editProduct, fields),
      JSON.stringify(fields),
    ).toMatchObject({ code: "not_found" });
  const schedule = { productId: world.tote.id, unpublishAt: "2035-06-01T10:00" };
  expect(await sendWith(editor, 'aria-label="Schedule"', scheduleProduct, schedule)).toMatchObject({
    code: "not_found",
  });
  const stock = await pageOf(AdminVariantStock, {}, { variantId: world.mug.variantIds[0] ?? "" });
  const theirs = {
    how: "correct",
    delta: "-1",
    reason: "Not mine",
    variantId: world.tote.variantIds[0] ?? "",
  };
  expect(await sendWith(stock, "What happened", changeStock, theirs)).toMatchObject({ code: "not_found" });
  expect(await kept()).toEqual(before);
});

it("gives what an owner begins to that owner, whoever the form names", async () => {
  await comeAs(world.id.line);
  const page = await pageOf(NewProduct);
  const typed = { name: "Mine", price: "12.00", categoryId: world.id.category };
  // Admins have this field.
  const made = await sendWith(page, 'name="price"', newProduct, { ...typed, ownerId: world.id.ringShop });
  expect(made).toEqual({ to: expect.stringContaining("done=begun") });
  const rows = await db.execute(sql`SELECT owner_id, status, is_featured FROM products WHERE name = 'Mine'`);
  expect([...rows]).toEqual([{ owner_id: world.id.lineShop, status: "draft", is_featured: false }]);
});

it("takes none of these forms from a customer or a guest who has got hold of them", async () => {
  await comeAs(world.id.line);
  const [editor, stock, begin] = [
    await pageOf(AdminProduct, {}, { id: world.mug.id }),
    await pageOf(AdminVariantStock, {}, { variantId: world.mug.variantIds[0] ?? "" }),
    await pageOf(NewProduct),
  ];
  const before = [await kept(), await people()];
  for (const [who, code] of [
    [world.id.ada, "forbidden"],
    [null, "sign_in_required"],
  ] as const) {
    await comeAs(who);
    for (const [html, marker, action] of [
      [editor, "In search engines", editProduct],
      [editor, 'aria-label="Schedule"', scheduleProduct],
      [stock, "What happened", changeStock],
      [begin, 'name="price"', newProduct],
    ] as const)
      expect(await sendWith(html, marker, action, { ...FALSE(), role: "owner" })).toMatchObject({ code });
  }
  expect([await kept(), await people()]).toEqual(before);
});

/** What the back office teaches in a shop that has nothing yet, to its admin and to an owner. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { insertBareStore } from "@/db/seed/bare";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { createCategory } from "@/lib/actions/admin/catalog-tree";
import AdminAudit from "./audit/page";
import AdminCategories from "./categories/page";
import AdminDiscounts from "./discounts/page";
import AdminJobs from "./jobs/page";
import AdminMail from "./mail/page";
import AdminFormerOrders from "./orders/former/page";
import AdminHome from "./page";
import NewProduct from "./products/new/page";
import AdminShipping from "./shipping/page";
import AdminStaff from "./staff/page";
import AdminWebhooks from "./webhooks/page";

const [admin, owner] = [newId(), newId()];
beforeAll(async () => {
  await insertBareStore();
  await db.insert(users).values([
    { id: admin, email: "admin@example.com", username: "admin", role: "admin" },
    { id: owner, email: "line@example.com", username: "line", role: "owner" },
  ]);
  await db.insert(owners).values({ id: newId(), userId: owner, name: "Line", slug: "line" });
});

it.each<[string, Page, RegExp, string[]]>([
  ["discounts", AdminDiscounts, /^No discounts yet\.\nA code .+/m, []],
  [
    "orders of a former shop",
    AdminFormerOrders,
    /^No orders of a former shop\.\nBring them in .+/m,
    ["/admin/import"],
  ],
  ["changes", AdminAudit, /^Nothing was changed yet\.\nWhatever .+/m, []],
  ["mail", AdminMail, /^No mail yet\.\nEverything .+/m, []],
  ["events", AdminWebhooks, /^No events yet\.\nWhat the payment service .+/m, []],
  ["jobs", AdminJobs, /^Nothing waits\.\nWhat the shop does later .+/m, []],
])("teaches what the list of %s will hold, and draws no table without rows", async (_, list, text, ways) => {
  await comeAs(admin);
  const html = await pageOf(list);
  expect(wordsOf(html)).toMatch(text);
  for (const way of ways) expect(html).toContain(`href="${way}"`);
  expect(html).not.toMatch(/<t(?:able|head|h)\b/);
  // Nothing to tick or to turn over, either.
  expect(html).not.toMatch(/name="ids"|aria-label="Pages"/);
});

it("says in staff and shipping what will stand there, and leads to the form that begins it", async () => {
  await comeAs(admin);
  await db.execute(sql`DELETE FROM shipping_zones`);
  await db.execute(sql`UPDATE users SET role = 'customer' WHERE id = ${owner}`);
  for (const [page, text, form] of [
    [AdminStaff, /^Nobody works here but you\.\nAn owner sells .+/m, "invite"],
    [AdminShipping, /^The shop delivers nowhere yet\.\nA zone is .+/m, "new-zone"],
  ] as const) {
    const html = await pageOf(page);
    expect(wordsOf(html)).toMatch(text);
    expect(html).toContain(`href="#${form}"`);
    expect(html).toContain(`id="${form}"`);
  }
  await db.execute(sql`UPDATE users SET role = 'owner' WHERE id = ${owner}`);
  expect(wordsOf(await pageOf(AdminStaff))).not.toContain("Nobody works here but you.");
});

it("asks for a category before the first product, and names what else a shop needs", async () => {
  const steps = ["/admin/categories", "/admin/shipping", "/admin/taxes", "/admin/settings"];
  const home = async () => {
    const html = await pageOf(AdminHome);
    return html.slice(html.indexOf('aria-labelledby="first-steps"')).split("</section>")[0] ?? "";
  };
  await comeAs(owner);
  const asked = await pageOf(NewProduct);
  expect(wordsOf(asked)).toContain("There is no category yet\nEvery product stands in one");
  expect(wordsOf(asked)).toContain("Please ask an admin to make the first one.");
  expect(asked).not.toContain("<form");
  expect(await home()).toContain('href="/admin/products/new"');
  for (const step of steps) expect(await home()).not.toContain(`href="${step}"`);

  await comeAs(admin);
  const told = await pageOf(NewProduct);
  expect(told).toContain('href="/admin/categories"');
  expect(told).not.toContain("<form");
  for (const step of steps) expect(await home()).toContain(`href="${step}"`);
  expect(wordsOf(await home())).toContain("There is none yet: a product needs one");
  expect(wordsOf(await home())).toContain("Mail to shoppers comes from shop@example.com");

  const made = await sendForm(await pageOf(AdminCategories), 'aria-label="New category"', createCategory, {
    name: "Prints",
  });
  expect(made).toMatchObject({ to: expect.stringContaining("/admin/categories") });
  expect(wordsOf(await home())).not.toContain("There is none yet");
  expect(wordsOf(await pageOf(NewProduct))).toMatch(/Category\nPrints\n/);
});

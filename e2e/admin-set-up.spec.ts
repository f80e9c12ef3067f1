/** Set-up of the back office: settings, delivery, taxes; for admins alone. */
import type { Page } from "@playwright/test";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

/** A field of the page that shows: pages that were left stay in the document, hidden. */
const field = (page: Page, label: string) => page.getByLabel(label).filter({ visible: true });

/** A shop's own name, as long as it may be and without a place to break, and its words. */
const OWN = {
  Name: `Knopfmanufaktur${"en".repeat(32)}g`,
  "Beside the name": "Buttons of horn & wood",
  Statement: "What holds it together.",
  Text: "Turned by hand in Görlitz, in forty sizes.",
};

/** The home page with them, in a small window and in one where the bar has the least room. */
async function expectOwnWords(page: Page) {
  await expect(page).toHaveTitle(`${OWN.Name} · ${OWN["Beside the name"]}`, { timeout: 1_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(OWN.Statement);
  await expect(page.getByRole("main").getByText(OWN.Text)).toBeVisible();
  await expect(page.locator('meta[name="description"]')).toHaveAttribute("content", OWN.Text);
  await expect(page.getByRole("contentinfo").getByText(OWN.Statement)).toBeVisible();
  for (const width of [360, 1024]) {
    await page.setViewportSize({ width, height: 800 });
    const bar = page.getByRole("banner");
    await expect(bar.getByRole("link", { name: OWN.Name, exact: true })).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBe(width);
    expect((await bar.boundingBox())?.height, `${width} px`).toBeLessThan(70);
  }
  // So long a name leaves no room for all links: the others are folded.
  const more = page.getByRole("banner").getByText("More categories");
  const links = page.getByRole("navigation", { name: "Shop", exact: true }).getByRole("link");
  const open = await links.count();
  await more.click();
  await axe(page);
  expect(await links.count()).toBeGreaterThan(open);
  await page.keyboard.press("Escape");
  await expect(links).toHaveCount(open);
  await expect(more).toBeFocused();
  await more.press("Enter");
  await page.getByRole("main").click({ position: { x: 5, y: 300 } });
  await expect(links).toHaveCount(open);
  await more.click();
  const folded = links.nth(-2);
  const label = (await folded.textContent()) ?? "";
  await folded.click();
  await expect(page.getByRole("heading", { level: 1 }).filter({ visible: true })).toHaveText(label);
  await expect(links).toHaveCount(open);
}

test("an admin writes the shop's terms, looks before saving, and goes back to the text that ships", async ({
  page,
  plainPage,
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shown = async (title: string, text: string) => {
    await visitor.goto("/terms");
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(title, { timeout: 1_000 });
    await expect(visitor.getByRole("main").getByText(text)).toBeVisible();
    // It stays a cached page. Another journey may change the settings, which pages of text show, at any moment.
    const cached = async () => (await visitor.request.get("/terms")).headers()["x-nextjs-cache"];
    await expect.poll(cached).toBe("HIT");
    const read = async (path: string) => (await visitor.request.get(path)).text();
    expect(await read("/terms.md")).toContain(text);
    expect(await read("/llms.txt")).toContain(`[${title}]`);
  };
  await shown("Terms", "The contract");
  await signIn(page, "admin@example.com", "/admin/pages");
  await page.getByRole("link", { name: "Terms" }).filter({ visible: true }).first().click();
  await page.waitForURL("**/admin/pages/terms");
  const text = page.getByLabel("Text", { exact: true }).filter({ visible: true });
  await field(page, "Title").fill("What we agree on");
  await text.fill("## Knots\n\nTied by hand in {{country}}, **untied** within {{ returnDayz }} days.");
  await page.getByRole("button", { name: "Preview" }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByRole("heading", { name: "Knots" })).toBeVisible();
  await expect(preview.getByText("Tied by hand in Germany")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("{{returnDayz}} is no figure of the shop").first()).toBeVisible();
  await text.fill("## Knots\n\nTied by hand, untied within {{returnDays}} days.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. The shop shows it from now on.")).toBeVisible();
  await expect(text).toHaveValue(/untied within \{\{returnDays\}\} days/);
  await shown("What we agree on", "Tied by hand, untied within 30 days.");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("It is as it was before.")).toBeVisible();
  await expect(field(page, "Title")).toHaveValue("Terms");
  await shown("Terms", "The contract");

  // Without scripts: looked at, saved, and back to the file.
  await plainPage.context().addCookies(await page.context().cookies());
  await plainPage.goto("/admin/pages/terms");
  await plainPage.getByLabel("Text", { exact: true }).fill("Plain words.");
  await plainPage.getByRole("button", { name: "Preview" }).click();
  await expect(plainPage.getByRole("region", { name: "Preview" }).getByText("Plain words.")).toBeVisible();
  await plainPage.getByRole("button", { name: "Save" }).click();
  await expect(plainPage.getByText("Saved. The shop shows it from now on.")).toBeVisible();
  await shown("Terms", "Plain words.");
  await plainPage.getByRole("button", { name: "Back to the text that ships" }).click();
  await expect(plainPage.getByText("The shop shows the text that ships again.")).toBeVisible();
  await shown("Terms", "The contract");
});

// Both change the one row of settings: one after the other.
test.describe("settings", () => {
  test.describe.configure({ mode: "default" });

  test("the shop shows changed settings at once, its own name and words too, and the log puts them back", async ({
    page,
    newVisitor,
  }) => {
    await signIn(page, "admin@example.com", "/admin/settings");
    await expect(field(page, "Currency")).not.toBeEditable();
    const email = await field(page, "E-mail").inputValue();
    const name = await field(page, "Name").first().inputValue();
    const visitor = await newVisitor();
    await visitor.goto("/contact");
    await expect(visitor.getByRole("link", { name: email }).first()).toBeVisible();

    await field(page, "Time zone").fill("Atlantis/Old Town");
    await field(page, "E-mail").fill("desk@example.com");
    for (const [label, words] of Object.entries(OWN)) await field(page, label).first().fill(words);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Please choose a time zone, like Europe/Berlin.").first()).toBeVisible();
    await expect(field(page, "E-mail")).toHaveValue("desk@example.com");
    await field(page, "Time zone").fill("Europe/Berlin");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The shop shows it from now on.")).toBeVisible();
    await visitor.goto("/contact");
    await expect(visitor.getByRole("link", { name: "desk@example.com" }).first()).toBeVisible({
      timeout: 1_000,
    });
    await expect(visitor).toHaveTitle(`Contact · ${OWN.Name}`);
    await visitor.goto("/");
    await expectOwnWords(visitor);
    await expect(page.getByRole("link", { name: OWN.Name }).first()).toHaveAttribute("href", "/");

    await page.getByRole("link", { name: "What changed" }).click();
    await page.waitForURL("**/admin/audit?**");
    await page.locator("summary").filter({ hasText: "Settings edit" }).first().click();
    await page.getByRole("button", { name: "Put it back as it was before" }).first().click();
    await expect(page.getByText("It is as it was before.")).toBeVisible();
    await visitor.goto("/contact");
    await expect(visitor.getByRole("link", { name: email }).first()).toBeVisible({ timeout: 1_000 });
    await expect(visitor.getByRole("banner").getByRole("link").first()).toHaveText(name);
  });

  test("a save keeps one's place on the page, and is taken back where it was made", async ({ page }) => {
    await signIn(page, "admin@example.com", "/admin/settings");
    const low = field(page, "Low from, pieces");
    const was = await low.inputValue();
    const place = () => page.evaluate(() => scrollY);
    await low.fill("9");
    await low.scrollIntoViewIfNeeded();
    const top = await place();
    expect(top).toBeGreaterThan(0);
    await low.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeInViewport();
    await expect(low).toBeFocused();
    expect(await place()).toBe(top);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("It is as it was before.")).toBeInViewport();
    await expect(low).toHaveValue(was);
    expect(await place()).toBe(top);
    await page.reload();
    await expect(low).toHaveValue(was);
  });

  test("a customer who orders by telephone transfers the money, and an admin without scripts writes it down", async ({
    page,
    plainPage,
    newVisitor,
  }) => {
    test.slow();
    const bank = async (text: string) => {
      await page.goto("/admin/settings");
      await field(page, "Bank details").fill(text);
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("The shop shows it from now on.")).toBeVisible();
    };
    await signIn(page, "admin@example.com", "/admin/orders/new");
    await expect(page.getByRole("radio", { name: /^By bank transfer/ })).toBeDisabled();
    await bank("Moire Bank\nDE02 1203 0000 0000 2020 51");
    await page.goto("/admin/orders/new?q=jug");
    await page.getByRole("link", { name: /^Add/ }).first().click();
    await expect(page.getByRole("link", { name: /^Take off/ })).toBeVisible();
    await page.getByLabel("E-mail of the customer").fill("telephone@example.org");
    await page.getByLabel("Full name").fill("Tilly Phone");
    await page.getByLabel("Country").selectOption("DE");
    await page.getByLabel("Street and number").fill("Torstraße 1");
    await page.getByLabel("Postal code").fill("10119");
    await page.getByLabel("City").fill("Berlin");
    await page.getByRole("radio", { name: /^By bank transfer/ }).check();
    await page.getByLabel("Days to wait for it").fill("3");
    await page.getByRole("button", { name: "Place the order" }).click();
    await expect(
      page.getByText("The customer got a mail with your bank details.", { exact: false }),
    ).toBeVisible();
    const link = page.getByRole("link", { name: /^\/orders\/MR-/ });
    const number = ((await link.textContent()) ?? "").split("/").at(-1) ?? "";
    const customer = await newVisitor();
    await customer.goto((await link.getAttribute("href")) ?? "");
    await expect(customer.getByRole("heading", { name: /^Please transfer/ })).toBeVisible();
    await expect(customer.getByText("DE02 1203 0000 0000 2020 51")).toBeVisible();
    await axe(customer);
    await bank("");

    await signIn(plainPage, "admin@example.com", "/admin/orders");
    await plainPage.goto(`/admin/orders/${number}`);
    await expect(plainPage.getByText("Waits for payment")).toBeVisible();
    await expect(plainPage.getByRole("button", { name: "Ship", exact: true })).toHaveCount(0);
    await plainPage.getByLabel("The transfer came").fill(" ");
    await plainPage.getByRole("button", { name: "Mark as paid" }).click();
    await expect(plainPage.getByRole("alert").first()).toContainText("bank's list");
    await plainPage.getByLabel("The transfer came").fill("SEPA 4711");
    await plainPage.getByRole("button", { name: "Mark as paid" }).click();
    await expect(
      plainPage.getByText("The order is paid; the customer is told, and it waits to be packed."),
    ).toBeVisible();
    await expect(plainPage.getByText("SEPA 4711", { exact: false }).first()).toBeVisible();
    await expect(plainPage.getByRole("button", { name: "Ship", exact: true })).toBeVisible();
    await expect(plainPage.getByRole("button", { name: "Mark as paid" })).toHaveCount(0);
    await customer.reload();
    await expect(customer.getByText("Paid", { exact: true }).first()).toBeVisible();
    await expect(customer.getByRole("heading", { name: /^Please transfer/ })).toHaveCount(0);
    await plainPage.goto("/admin/books");
    await expect(plainPage.getByText("The books balance.")).toBeVisible();
  });
});

test("a zone with a rate by weight, and a tax class with its rate, are made, asked and removed", async ({
  page,
}) => {
  test.slow();
  await signIn(page, "admin@example.com", "/admin/shipping");
  const zone = page.getByRole("form", { name: "New zone" });
  await zone.getByLabel("Name").fill("Ice");
  await zone.getByLabel("Reaches").fill("Greenland\nAtlantis");
  await zone.getByRole("button", { name: "Add the zone" }).click();
  await expect(page.getByText("There is no place called Atlantis.").first()).toBeVisible();
  await zone.getByLabel("Reaches").fill("Greenland");
  await zone.getByRole("button", { name: "Add the zone" }).click();
  const ice = page.getByRole("region", { name: "Ice" });
  await expect(ice.getByText("Greenland").first()).toBeVisible();
  await ice.getByText("Add a rate").click();
  const rate = ice.getByRole("form", { name: "New rate of Ice" });
  await rate.getByLabel("Name").fill("Sledge");
  await rate.getByLabel("Depends on").selectOption("weight");
  await rate.getByLabel("Price").fill("19.50");
  await rate.getByLabel("To, not included").fill("2000");
  await rate.getByRole("button", { name: "Add the rate" }).click();
  await expect(ice.getByText("below 2000 g")).toBeVisible();

  const ask = async (grams: string) => {
    await field(page, "Goes to").selectOption("GL");
    await field(page, "Grams").fill(grams);
    await field(page, "Worth, EUR").fill("80");
    await page.getByRole("button", { name: "What does it cost?" }).click();
  };
  await ask("1999");
  const parcel = page.getByRole("region", { name: "What would it cost?" });
  await expect(parcel.getByText("Zone Ice.")).toBeVisible();
  await expect(parcel.getByText("€19.50")).toBeVisible();
  await ask("2000");
  await expect(parcel.getByText("Nothing: such a parcel cannot be ordered.")).toBeVisible();
  await ice.getByText("Change the zone").click();
  await ice.getByRole("button", { name: "Delete the zone and its rates" }).click();
  await expect(page.getByText("The zone is gone, and its rates with it.")).toBeVisible();
  await expect(ice).toHaveCount(0);

  await page.goto("/admin/taxes");
  const made = page.getByRole("form", { name: "New tax class" });
  await made.getByLabel("Name").fill("Maps");
  await made.getByLabel("Code").fill("maps");
  await made.getByRole("button", { name: "Add the class" }).click();
  const maps = page.getByRole("region", { name: "Maps" });
  await maps.getByText("Add a rate").click();
  const levy = maps.getByRole("form", { name: "New rate of Maps" });
  await levy.getByLabel("Country").selectOption("US");
  await levy.getByLabel("Region").fill("Bavaria");
  await levy.getByLabel("Name").fill("Levy");
  await levy.getByLabel("Per cent").fill("8.875");
  await levy.getByRole("button", { name: "Add the rate" }).click();
  await expect(levy.getByText("That country has no such region.").first()).toBeVisible();
  await levy.getByLabel("Region").fill("new york");
  await levy.getByRole("button", { name: "Add the rate" }).click();
  await expect(maps.getByText("United States: New York")).toBeVisible();
  await expect(maps.getByText("8.875 %")).toBeVisible();
  await maps.getByText("Change the class").click();
  await maps.getByRole("button", { name: "Delete the class and its rates" }).click();
  await expect(maps).toHaveCount(0);
});

/** The page of a piece: its pictures, what goes with it, and what the browser remembers. */
import { copyFileSync, renameSync } from "node:fs";
import path from "node:path";
import type { APIRequestContext, Request } from "@playwright/test";
import { axe, expect, test } from "./fixtures";

const CUSHION = "/p/grating-cushion";
const SOLD_OUT = `${CUSHION}/CU-237-VER-40`;

/** A new shop draws all but the first pictures by and by: this one gets two more at once, copies of its first. */
async function givePictures(request: APIRequestContext, slug: string): Promise<void> {
  const media = path.join(process.env.DATA_DIR ?? "", "media");
  const { default: postgres } = await import("postgres");
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    const [first] = await sql<{ id: string; key: string }[]>`
      select p.id, m.key from products p join product_images m on m.product_id = p.id and m.is_primary
      where p.slug = ${slug}`;
    if (!first) throw new Error(`${slug} has no picture`);
    for (const place of [90, 91]) {
      const key = first.key.replace(/\.webp$/, `-journey-${place}.webp`);
      const part = path.join(media, `${key}.${process.pid}.part`);
      copyFileSync(path.join(media, first.key), part);
      // Whole at once: a journey beside this one may be shown the picture already.
      renameSync(part, path.join(media, key));
      await sql`insert into product_images (id, product_id, key, alt, width, height, position)
        values (gen_random_uuid(), ${first.id}, ${key}, ${`View ${place}`}, 1200, 1200, ${place})
        on conflict (key) do nothing`;
    }
    await request.post("/api/cache/expire", {
      headers: { authorization: `Bearer ${process.env.INTERNAL_SECRET}` },
      data: { tags: [`product:${first.id}`] },
    });
  } finally {
    await sql.end();
  }
}

test("what decides comes before what is asked, and the pictures stay beside it", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(CUSHION);
  const places: number[] = [];
  for (const text of [
    "Delivery to",
    "Returns",
    "About this piece",
    "Numbers",
    "Made by",
    "Tell me when it costs less",
  ]) {
    const box = await page.locator("section").getByText(text, { exact: false }).first().boundingBox();
    places.push(box?.y ?? -1);
  }
  const share = await page.getByRole("button", { name: /share/i }).boundingBox();
  places.push(share?.y ?? -1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);

  const pictures = page.getByRole("region", { name: "Pictures" });
  const bar = await page.getByRole("banner").boundingBox();
  await page.mouse.wheel(0, 150);
  await expect
    .poll(async () => Math.round((await pictures.boundingBox())?.y ?? 0))
    .toBe(Math.round(bar?.height ?? -1));
});

test("pictures turn by key and button, and one opens at full size without a drag", async ({
  page,
  request,
}) => {
  await givePictures(request, "grating-cushion");
  await page.goto(CUSHION);
  const track = page.getByRole("list", { name: "Pictures of Grating cushion" });
  const first = track.getByRole("link").first();
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await expect(track.getByRole("link").nth(1)).toBeFocused();
  await expect(page.getByText(/^Picture 2 \/ \d+$/)).toBeVisible();
  await page.getByRole("button", { name: "Next picture" }).click();
  await expect(page.getByText(/^Picture 3 \/ \d+$/)).toBeVisible();
  await page.getByRole("link", { name: /^Picture 1:/ }).click();
  await expect(page.getByText(/^Picture 1 \/ \d+$/)).toBeVisible();

  await first.focus();
  await page.keyboard.press("Enter");
  const large = page.getByRole("dialog", { name: "Pictures of Grating cushion, large" });
  const picture = large.getByRole("button", { name: /, larger$/ });
  await expect(picture).toBeFocused();
  await axe(page);
  const width = async () => (await large.locator("img").boundingBox())?.width ?? 0;
  const before = await width();
  await page.keyboard.press("Enter");
  await expect(large.getByRole("button", { name: "Smaller", exact: true })).toBeVisible();
  expect(await width()).toBeGreaterThan(before * 1.8);
  await large.getByRole("button", { name: "Smaller", exact: true }).click();
  await page.keyboard.press("ArrowRight");
  await expect(large.getByText(/^Picture 2 \/ \d+$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(large).toBeHidden();
  await expect(track.getByRole("link").nth(1)).toBeFocused();
});

test("on a phone the pictures are swiped", async ({ page, request }) => {
  await givePictures(request, "grating-cushion");
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(CUSHION);
  await expect(page.getByText(/^Picture 1 \/ \d+$/)).toBeVisible();
  const finger = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0) =>
    finger.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x, y: 300 }],
    });
  const swipe = async (by: number) => {
    const from = 180 - by / 2;
    await touch("touchStart", from);
    for (let part = 1; part <= 10; part += 1) await touch("touchMove", from + (by * part) / 10);
    await touch("touchEnd");
  };
  await swipe(-250);
  await expect(page.getByText(/^Picture 2 \/ \d+$/)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Picture 2:/ })).toHaveAttribute("aria-current", "true");
  await swipe(250);
  await expect(page.getByText(/^Picture 1 \/ \d+$/)).toBeVisible();
});

test("a piece is shared as the device does it, or its address is copied", async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => {
    // Chromium on Linux has no sheet of its own.
    Reflect.deleteProperty(Navigator.prototype, "share");
  });
  await page.goto(SOLD_OUT);
  const share = page.getByRole("button", { name: "Share this piece" });
  await share.click();
  await expect(page.getByRole("status").filter({ hasText: "The link is copied." })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(new URL(SOLD_OUT, baseURL).href);
  await page.evaluate(() => {
    Object.defineProperty(navigator, "share", {
      value: (what: ShareData) => Object.assign(window, { what }),
    });
  });
  await share.click();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { what?: ShareData }).what))
    .toEqual({ title: expect.stringContaining("Grating cushion"), url: new URL(SOLD_OUT, baseURL).href });
});

test("an address that was kept says that the last one is gone only where it is", async ({
  page,
  plainPage,
}) => {
  const said = "Nothing was put into your cart";
  for (const [address, isGone] of [
    [SOLD_OUT, true],
    [CUSHION, false],
  ] as const) {
    await page.goto(`${address}#sold-meanwhile`);
    await expect(page.getByText(said)).toBeVisible({ visible: isGone });
  }
  // Without scripts the shop does not know better. There, too, the quantity stands level with the heart.
  await plainPage.setViewportSize({ width: 360, height: 740 });
  await plainPage.goto(`${CUSHION}#sold-meanwhile`);
  await expect(plainPage.getByText(said)).toBeVisible();
  const quantity = await plainPage.getByLabel("Quantity", { exact: true }).boundingBox();
  const heart = await plainPage.getByRole("button", { name: "Save to wishlist" }).boundingBox();
  expect(Math.abs((quantity?.y ?? 0) - (heart?.y ?? 99))).toBeLessThanOrEqual(1);
});

test("what is sold by measure tells the price of one, of the chosen variant", async ({ page }) => {
  await page.goto("/p/cell-wrapping-paper");
  const prices = page.locator("main p").filter({ hasText: "Tax included." });
  for (const [roll, metres] of [
    ["70 cm × 3 m", 3],
    ["Three rolls", 9],
  ] as const) {
    await page.getByRole("link", { name: roll, exact: true }).click();
    await expect(page.getByText(`: ${roll}`, { exact: true })).toBeVisible();
    const price = Number(/€(\d+)/.exec((await prices.textContent()) ?? "")?.[1]);
    await expect(prices).toContainText(`€${(price / metres).toFixed(2)} / m. Tax included.`);
  }
});

test("what was bought together goes into the cart with one press", async ({ page }) => {
  const paths = await page.request
    .get("/search")
    .then(async (answer) => [
      ...new Set(
        [...(await answer.text()).matchAll(/href="(\/p\/[a-z0-9-]+)"/g)].map(([, path = ""]) => path),
      ),
    ]);
  let found = "";
  for (const path of paths) {
    if (!(await (await page.request.get(path)).text()).includes("Add these to cart")) continue;
    found = path;
    break;
  }
  expect(found, "a piece of the demo shop that was bought together with another").not.toBe("");
  await page.goto(found);
  const together = page.getByRole("form", { name: "Bought together" });
  await axe(page);
  const boxes = together.getByRole("checkbox");
  for (const box of await boxes.all()) await box.uncheck();
  await together.getByRole("button").click();
  await expect(together.getByText("Please choose at least one.")).toBeVisible();
  // What was chosen before the error still is.
  await expect(boxes.first()).not.toBeChecked();
  await boxes.first().check();
  await together.getByRole("button").click();
  await expect(together.getByText(/in your cart/)).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: /^Cart/ })).toContainText("1");
});

test("what was seen lately is remembered by the browser alone and can be forgotten", async ({
  page,
  baseURL,
}) => {
  // Known to the shop, and yet not told what this browser saw.
  await page.context().addCookies([{ name: "visitor", value: "v".repeat(43), url: baseURL ?? "" }]);
  const asked: Request[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/cards")) asked.push(request);
  });
  await page.goto(CUSHION);
  await page.goto("/");
  const seen = page.getByRole("region", { name: "Seen lately" });
  await expect(seen.getByRole("link", { name: "Grating cushion" })).toBeVisible();
  expect(asked.length).toBeGreaterThan(0);
  for (const request of asked) expect((await request.allHeaders()).cookie).toBeUndefined();
  await axe(page);
  await seen.getByRole("button", { name: "Forget these" }).click();
  await expect(page.getByText("Forgotten. This browser keeps no list")).toBeFocused();
  await page.reload();
  await page.waitForLoadState("networkidle");
  await expect(seen).toHaveCount(0);
});

/** What keeps the shop quick and can be counted: requests, bytes of code, the first picture, the press that shows at once. */
import { gzipSync } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";
import { openPiece } from "./shopping";

const CUSHION = "/p/grating-cushion";
const CATALOGUE = ["/", "/c/textiles", CUSHION];
/** Bytes of all scripts of a page, gzipped. */
const SCRIPTS = 150 * 1024;
/** Bytes of a page itself, gzipped; 13 KiB of it are the sheet. */
const HTML = 41 * 1024;
/** What belongs to the server: each of these would say that a whole library came along. */
const FOREIGN = ["ZodError", "drizzle", "DatabaseFailure", "AuthError", "nodemailer", "libphonenumber"];

async function scriptsOf(request: APIRequestContext, path: string): Promise<string[]> {
  const html = await (await request.get(path)).text();
  const old = new Set([...html.matchAll(/<script src="([^"]+)"[^>]*noModule/g)].map(([, src]) => src));
  const all = [...html.matchAll(/static\/chunks\/[\w.~-]+\.js/g)].map(([name]) => `/_next/${name}`);
  return [...new Set(all)].filter((src) => !old.has(src));
}

for (const path of CATALOGUE)
  test(`${path} loads little code, and none of the server's`, async ({ request }) => {
    let bytes = 0;
    for (const src of await scriptsOf(request, path)) {
      const code = await (await request.get(src)).text();
      bytes += gzipSync(code).byteLength;
      expect(
        FOREIGN.filter((word) => code.includes(word)),
        src,
      ).toEqual([]);
    }
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(SCRIPTS);
  });

test("pages of the catalogue stay small", async ({ request }) => {
  for (const path of CATALOGUE) {
    const html = await (await request.get(path)).text();
    expect(gzipSync(html).byteLength, path).toBeLessThanOrEqual(HTML);
  }
});

test("a kept page and its scripts are compressed once for everybody, and who has the page is told so", async ({
  request,
}) => {
  for (const path of [CUSHION, ...(await scriptsOf(request, CUSHION)).slice(0, 2)]) {
    // Another journey may change the piece meanwhile; and before it is there Next compresses, as gzip.
    await expect(async () => {
      const plain = await request.get(path, { headers: { "accept-encoding": "identity" } });
      expect(plain.headers()["content-encoding"]).toBeUndefined();
      const packed = await request.get(path, { headers: { "accept-encoding": "gzip, br" } });
      expect(packed.headers()["content-encoding"]).toBe("br");
      expect(packed.headers().vary?.toLowerCase()).toContain("accept-encoding");
      expect(packed.headers()["x-content-type-options"]).toBe("nosniff");
      expect(await packed.text()).toBe(await plain.text());
    }).toPass();
  }
  await expect(async () => {
    const { etag = "" } = (await request.get(CUSHION)).headers();
    expect((await request.get(CUSHION, { headers: { "if-none-match": etag } })).status()).toBe(304);
  }).toPass();
});

for (const path of CATALOGUE)
  test(`${path} is drawn without a second request, and its sheet is not fetched later either`, async ({
    page,
  }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    expect(asked.filter((url) => url.includes(".css"))).toEqual([]);
    expect(asked.filter((url) => url.includes(".woff2"))).toHaveLength(2);
    const faces = () => [...document.fonts].filter((one) => one.status === "loaded").map((one) => one.family);
    expect((await page.evaluate(faces)).sort()).toEqual(expect.arrayContaining(["display", "text"]));
    // A page that is made for this request has its sheet behind a link, and looks alike after a change of page.
    await page.getByRole("link", { name: /^Cart/ }).click();
    await expect(page).toHaveURL("/cart");
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain("text");
  });

for (const path of CATALOGUE)
  test(`${path} stands still when its faces come late`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 780 });
    let letGo = () => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    await page.route(/\.woff2$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.addInitScript(() => {
      Object.assign(window, { moved: 0 });
      new PerformanceObserver((list) => {
        const shop = window as unknown as { moved: number };
        for (const entry of list.getEntries()) shop.moved += "value" in entry ? Number(entry.value) : 0;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(path, { waitUntil: "commit" });
    await expect(page.getByRole("contentinfo")).toBeAttached();
    const isThere = () =>
      [...document.fonts].some(
        ({ family, status }) => family.includes("display like") && status === "loaded",
      );
    await page.waitForTimeout(500);
    test.skip(!(await page.evaluate(isThere)), "this machine has none of the faces that stand in");
    letGo();
    await page.evaluate(() => document.fonts.ready);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => (window as unknown as { moved: number }).moved)).toBeLessThan(0.005);
  });

test("the page of a missing product has one frame, with scripts as well", async ({ page, faults }) => {
  faults.allow(/404/);
  await page.goto("/c/textiles");
  await page.goto("/p/no-such-piece");
  await expect(page.getByRole("heading", { level: 1, name: "No line crosses here." })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("banner")).toHaveCount(1);
});

for (const path of CATALOGUE)
  test(`${path} asks for its first picture first, in a size that fits`, async ({ request }) => {
    const html = await (await request.get(path)).text();
    const preloads = html.match(/<link rel="preload" as="image"[^>]*>/g) ?? [];
    expect(preloads).toHaveLength(1);
    expect(preloads[0]).toContain('fetchPriority="high"');
    expect(preloads[0]).toMatch(/imageSizes="[^"]+"/);
    const address = /(\/media\/640w\/\S+) 640w/.exec(preloads[0] ?? "")?.[1] ?? "";
    const picture = await request.get(address, { headers: { accept: "image/avif,image/webp" } });
    expect(picture.headers()["content-type"]).toBe("image/avif");
    expect(picture.headers()["cache-control"]).toContain("immutable");
    const older = await request.get(address, { headers: { accept: "image/webp" } });
    expect(older.headers()["content-type"]).toBe("image/webp");
    expect((await request.get(address.replace("640w", "641w"))).status()).toBe(404);
  });

for (const path of CATALOGUE)
  test(`${path} asks for few things, and for few more while nobody does anything @whole`, async ({
    page,
  }) => {
    let requests = 0;
    let ahead = 0;
    page.on("request", (request) => {
      if (!request.url().startsWith("http")) return;
      requests += 1;
      if (request.headers()["next-router-prefetch"]) ahead += 1;
    });
    await page.goto(path);
    // On a busy machine the page settles before it has loaded, and what is fetched ahead has begun.
    const atLoad = requests - ahead;
    expect(atLoad).toBeGreaterThan(5);
    await page.waitForTimeout(6_000);
    expect(requests).toBeLessThanOrEqual(40);
    // Live stock and pictures that the layout brings into view come right after the load; a list has more pictures.
    expect(atLoad).toBeLessThanOrEqual(path === CUSHION ? 25 : 30);
  });

test("the script of an alert comes when somebody does something, for the variant that was chosen", async ({
  page,
}) => {
  const loaded: string[] = [];
  page.on("response", (answer) => {
    if (answer.url().includes("/chunks/")) loaded.push(answer.url());
  });
  await page.goto(CUSHION, { waitUntil: "networkidle" });
  const before = loaded.length;
  const form = page.getByRole("form", { name: "Tell me when it costs less" });
  await expect(form).toHaveCount(1);
  await form.getByText("Tell me when it costs less").first().click();
  await expect.poll(() => loaded.length).toBeGreaterThan(before);
  const kept = form.locator('input[name="variantId"]');
  const first = await kept.inputValue();
  await page.getByRole("group", { name: /^Size/ }).getByRole("link").last().click();
  await expect(kept).not.toHaveValue(first);
});

test("a form that was sent before its script came keeps its answer", async ({ page, faults }) => {
  faults.allow(/ERR_FAILED/);
  await page.goto(CUSHION, { waitUntil: "networkidle" });
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  const form = page.getByRole("form", { name: "Tell me when it costs less" });
  await form.getByText("Tell me when it costs less").first().click();
  await form.getByLabel("E-mail").fill("eve@example");
  await page.unroute("**/_next/static/chunks/**");
  await form.getByRole("button").click();
  const answer = form.getByText("Please enter an e-mail address like name@example.com.").first();
  await expect(answer).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.getByRole("heading", { level: 1 }).hover();
  await page.waitForLoadState("networkidle");
  await expect(answer).toBeVisible();
  await expect(form.getByLabel("E-mail")).toHaveValue("eve@example");
});

test("adding shows at the press, before the server has answered", async ({ page }) => {
  const { name } = await openPiece(page, 17);
  let letGo = () => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route("**/*", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Add to cart" }).click();
  const drawer = page.getByRole("region", { name: "Added to your cart" });
  await expect(drawer).toContainText("Going into your cart");
  await expect(drawer).toContainText(name);
  letGo();
  await expect(drawer.getByText("In your cart", { exact: true })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: /^Cart/ })).toContainText("1");
});

test("a refusal takes back what was shown, and says why", async ({ page }) => {
  await openPiece(page, 18);
  await page.waitForLoadState("networkidle");
  const quantity = page.getByRole("main").getByLabel("Quantity", { exact: true });
  await quantity.evaluate((field) => field.setAttribute("max", "5000"));
  await quantity.fill("5000");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(page.getByRole("region", { name: "Added to your cart" })).toBeHidden();
  await expect(page.getByRole("banner").getByRole("link", { name: /^Cart/ })).toContainText("0");
});

test("a button that waits for its answer says so, and sends nothing twice", async ({ page }) => {
  const sent: string[] = [];
  let letGo = () => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route("**/sign-in*", async (route) => {
    if (route.request().method() === "POST") {
      sent.push(route.request().url());
      await held;
    }
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  const form = page.getByRole("form", { name: "Sign in" });
  await form.getByLabel("E-mail").fill("nobody@example.com");
  await form.getByLabel("Password").fill("no such password");
  const button = form.locator('button[type="submit"]');
  const before = await button.boundingBox();
  await button.click();
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button.getByRole("status")).toHaveText("One moment");
  await expect(button.getByText("Sign in")).toBeHidden();
  // It keeps its place and the focus, and a second press does nothing.
  expect(await button.boundingBox()).toEqual(before);
  await expect(button).toBeFocused();
  await button.press("Enter");
  await button.click({ force: true });
  expect(sent).toHaveLength(1);
  letGo();
  await expect(form.getByRole("alert")).toBeVisible();
  await expect(button).not.toHaveAttribute("aria-disabled");
  await expect(button).toHaveText("Sign in");
  expect(sent).toHaveLength(1);
});

/** The script policy as a browser meets it: cached pages by hash, rendered pages by nonce, strangers not at all. */
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { expect, test } from "./fixtures";

const policyOf = (response: APIResponse) => response.headers()["content-security-policy"] ?? "";
const scriptsOf = (policy: string) => /script-src ([^;]*)/.exec(policy)?.[1] ?? "";

async function firstProduct(request: APIRequestContext): Promise<string> {
  if (process.env.PRODUCT_PATH) return process.env.PRODUCT_PATH;
  const home = await (await request.get("/")).text();
  return /href="(\/p\/[^"/]+)"/.exec(home)?.[1] ?? "/";
}

test("a cached page brings the hashes of its scripts and is a hit", async ({ request, page }) => {
  for (const path of ["/", await firstProduct(request)]) {
    await request.get(path);
    const again = await request.get(path);
    expect(again.headers()["x-nextjs-cache"], path).toBe("HIT");
    expect(again.headers()["cache-control"], path).not.toContain("no-store");
    const all = again.headersArray().filter((h) => h.name.toLowerCase() === "content-security-policy");
    expect(all, "one policy").toHaveLength(1);
    expect(scriptsOf(policyOf(again))).toMatch(/^'self'( 'sha256-[^']+')+$/);
    await page.goto(path);
    await page.waitForLoadState("networkidle");
  }
});

test("a crawler gets the same cached page", async ({ request }) => {
  const path = await firstProduct(request);
  await request.get(path);
  const found = await request.get(path, { headers: { "user-agent": "Mozilla/5.0 Chrome-Lighthouse" } });
  expect(found.headers()["x-nextjs-cache"]).toBe("HIT");
});

test("a rendered page has a nonce that is used once", async ({ request, page }) => {
  const [one, two] = [await request.get("/cart"), await request.get("/cart")];
  expect(scriptsOf(policyOf(one))).toMatch(/^'self' 'nonce-[^']+' 'sha256-[^']+'$/);
  expect(policyOf(one)).not.toBe(policyOf(two));
  await page.goto("/cart");
  await page.waitForLoadState("networkidle");
});

test("a page that is not there has a policy, wherever it is not", async ({ request }) => {
  for (const path of ["/not/here", "/account/not/here", "/p/nope-not-a-product"]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(404);
    // Under a personal path the page is rendered for the request, so its policy has a nonce.
    expect(scriptsOf(policyOf(response)), path).toMatch(/^'self'( '(?:sha256|nonce)-[^']+')+$/);
  }
});

test("a policy from outside is dropped", async ({ request }) => {
  for (const path of [`/p/never-seen-${Date.now()}`, "/cart"]) {
    const headers = { "content-security-policy": "script-src 'nonce-stranger'", "x-nonce": "stranger" };
    const response = await request.get(path, { headers });
    expect(await response.text()).not.toContain("stranger");
    expect(policyOf(response)).not.toContain("stranger");
  }
});

test("a form posted to a cached page is answered under a nonce and leaves the cached page alone", async ({
  request,
}) => {
  const path = await firstProduct(request);
  const html = await (await request.get(path)).text();
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((candidate) => candidate.includes("$ACTION"));
  expect(form, "the form that adds to the cart").toBeDefined();
  const decoded = (text: string) => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  const fields = [...(form ?? "").matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1] ?? "",
    decoded(/value="([^"]*)"/.exec(input)?.[1] ?? ""),
  ]);
  const origin = new URL((await request.get(path)).url()).origin;
  const answer = await request.post(path, {
    multipart: { ...Object.fromEntries(fields), quantity: "none" },
    headers: { origin },
    maxRedirects: 0,
  });
  if (answer.status() === 200) {
    expect(scriptsOf(policyOf(answer))).toMatch(/^'self' 'nonce-[^']+' 'sha256-[^']+'$/);
    const nonce = /'nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? "missing";
    expect(await answer.text()).toContain(`nonce="${nonce}"`);
    expect(answer.headers()["cache-control"]).toContain("no-store");
  } else {
    expect(answer.status()).toBe(303);
  }
  const after = await request.get(path);
  expect(await after.text()).not.toContain("nonce=");
  expect(scriptsOf(policyOf(after))).not.toContain("nonce");
});

test("a script that got into a page does not run", async ({ page, faults, request }) => {
  faults.allow(/policy|React error #418|Content Security Policy|Loading the image|ERR_|404/);
  for (const path of ["/", "/cart", await firstProduct(request)]) {
    await page.route(
      (url) => url.pathname === path,
      async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace(
          "</header>",
          "</header><script>window.stranger=1</script><img src=x onerror='window.stranger=2'>",
        );
        await route.fulfill({ response, body });
      },
    );
    await page.goto(path);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => "stranger" in window), path).toBe(false);
    expect(
      faults.seen.some((fault) => /script-src/.test(fault)),
      path,
    ).toBe(true);
    await page.unrouteAll();
  }
});

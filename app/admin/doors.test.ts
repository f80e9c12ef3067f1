/** Who gets in and what an admin decides there, by real sessions: files sent to the shop, the second factor, sessions, rules of the checkout. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { saveSettings } from "@/lib/actions/admin/settings";
import { changeStaffPolicy, endStaffSessions } from "@/lib/actions/admin/staff";
import { POST as expire } from "../api/cache/expire/route";
import { POST as takeCustomer } from "../api/customers/[key]/route";
import { GET as exportGoods } from "../api/export/route";
import { POST as takeImport } from "../api/import/route";
import { POST as takeCount } from "../api/stock/count/route";
import AdminOrders from "./orders/page";
import AdminHome from "./page";
import AdminPayouts from "./payouts/page";
import AdminSettings from "./settings/page";
import StaffMemberPage from "./staff/[id]/page";
import StaffPage from "./staff/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** Of what no page of the shop sends. */
const FOREIGN: Record<string, string>[] = [
  {},
  { origin: "https://elsewhere.example" },
  { "sec-fetch-site": "cross-site" },
];
const OWN = { origin: "http://localhost:3000", host: "localhost:3000" };
const people = ["guest", "ada", "line", "admin"] as const;
const comeIn = (who: (typeof people)[number]) => comeAs(who === "guest" ? null : world.id[who]);

function upload(path: string, csv: string, headers: Record<string, string>): Request {
  const body = `--q\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n${csv}\r\n--q--\r\n`;
  const type = { "content-type": "multipart/form-data; boundary=q" };
  return new Request(`http://localhost:3000${path}`, {
    method: "POST",
    body,
    headers: { ...type, ...headers },
  });
}

it.each([
  ["/api/import", takeImport, "Handle,Title,Variant Price\nx,X,5", /^\/admin\/import\/[0-9a-f-]{36}$/],
  ["/api/stock/count", takeCount, "SKU,Counted\nMUG,3", /^\/admin\/stock\/count\/[0-9a-f-]{36}$/],
] as const)("%s takes a file from staff on a page of the shop alone", async (path, door, csv, kept) => {
  const taken = async () => (await db.execute(sql`SELECT FROM imports`)).length;
  const before = await taken();
  for (const who of people) {
    await comeIn(who);
    for (const headers of FOREIGN) {
      const answer = await door(upload(path, csv, headers));
      expect(answer.status, `${who} ${JSON.stringify(headers)}`).toBe(who === "guest" ? 303 : 403);
    }
    expect(await taken()).toBe(before);
  }
  await comeIn("guest");
  expect((await door(upload(path, csv, OWN))).headers.get("location")).toMatch(/^\/sign-in\?/);
  await comeIn("ada");
  expect((await door(upload(path, csv, OWN))).status).toBe(403);
  expect(await taken()).toBe(before);
  await comeIn("line");
  expect((await door(upload(path, csv, OWN))).headers.get("location")).toMatch(kept);
  expect(await taken()).toBe(before + 1);
});

it("gives a customer's data to an admin on a page of the shop, and to nobody else", async () => {
  const ask = (headers: Record<string, string>, more: Record<string, string> = {}) => {
    const body = new URLSearchParams({ typed: "ada@example.com", ...more });
    const request = new Request("http://localhost:3000/api/customers/x", { method: "POST", body, headers });
    return takeCustomer(request as never, { params: Promise.resolve({ key: world.id.ada }) } as never);
  };
  for (const who of ["guest", "ada", "line"] as const) {
    await comeIn(who);
    expect((await ask(OWN)).status, who).toBe(404);
  }
  await comeIn("admin");
  for (const headers of FOREIGN) expect((await ask(headers)).status).toBe(404);
  for (const more of [{ role: "admin" }, { userId: world.id.ben }, { isGuest: "yes" }])
    expect((await ask(OWN, more as never)).status, JSON.stringify(more)).toBe(400);
  expect(await db.execute(sql`SELECT FROM audit WHERE action LIKE '%export%'`)).toHaveLength(0);
  const answer = await ask(OWN);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ profile: { email: "ada@example.com" } });
  expect(await db.execute(sql`SELECT FROM audit WHERE action LIKE '%export%'`)).toHaveLength(1);
});

it("expires pages for this machine's own jobs, which send tags and nothing else", async () => {
  const ask = async (body: object, secret = process.env.INTERNAL_SECRET) => {
    const headers = { host: "127.0.0.1:3000", authorization: `Bearer ${secret}` };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    return (await expire(new Request("http://127.0.0.1:3000/api/cache/expire", init))).status;
  };
  expect(await ask({ tags: ["home"] })).toBe(200);
  expect(await ask({ tags: ["home"] }, "another")).toBe(404);
  for (const body of [{ tags: ["home"], role: "admin" }, { tags: ["everything"] }, {}, []])
    expect(await ask(body), JSON.stringify(body)).toBe(400);
});

it("exports to each owner the own goods", async () => {
  const skus = async (who: (typeof people)[number]) => {
    await comeIn(who);
    const answer = await exportGoods();
    if (answer.status !== 200) return answer.status;
    const text = await answer.text();
    return ["PRINT-S", "MUG", "TOTE"].filter((sku) => text.includes(sku));
  };
  expect(await skus("line")).toEqual(["PRINT-S", "MUG"]);
  expect(await skus("admin")).toEqual(["PRINT-S", "MUG", "TOTE"]);
  expect([await skus("ada"), await skus("guest")]).toEqual([404, 404]);
});

it("shows owners no button of an admin", async () => {
  for (const [page, button] of [
    [AdminOrders, "New order"],
    [AdminPayouts, "Pay out"],
  ] as const) {
    await comeIn("admin");
    expect(wordsOf(await pageOf(page, {}))).toContain(button);
    await comeIn("line");
    expect(wordsOf(await pageOf(page, {}))).not.toContain(button);
  }
});

it("asks staff for a second factor once an admin who has one says so", async () => {
  const asLine = await comeIn("line");
  const asAdmin = await comeIn("admin");
  const ask = async (typed: Record<string, string>) =>
    sendForm(await pageOf(StaffPage), "Owners and admins need a second factor", changeStaffPolicy, typed);
  // Without one of their own they would lock themselves out.
  expect(await ask({ secondFactor: "on" })).toMatchObject({ status: "error" });
  asLine();
  expect(wordsOf(await pageOf(AdminHome))).toContain("Paid orders");
  asAdmin();
  await db.execute(
    sql`INSERT INTO totp (user_id, secret, confirmed_at) VALUES (${world.id.admin}, 'sealed', shop_now())`,
  );
  await db.execute(sql`UPDATE sessions SET factor_at = shop_now() WHERE user_id = ${world.id.admin}`);
  expect(await ask({ secondFactor: "on" })).toEqual({
    to: expect.stringMatching(/^\/admin\/staff\?done=policy/),
  });
  expect(await pageOf(StaffPage)).toMatch(/<input[^>]*name="secondFactor"[^>]*checked=""/);

  asLine();
  const closed = wordsOf(await pageOf(AdminHome));
  expect(closed).toBe("Set up your second factor first.\nGo to your profile");
  await db.execute(
    sql`INSERT INTO totp (user_id, secret, confirmed_at) VALUES (${world.id.line}, 'sealed', shop_now())`,
  );
  // Set up, and not given in this session: it is nobody's.
  expect(wordsOf(await pageOf(AdminHome))).toContain("Please sign in first.");
  await db.execute(sql`UPDATE sessions SET factor_at = shop_now() WHERE user_id = ${world.id.line}`);
  expect(wordsOf(await pageOf(AdminHome))).toContain("Paid orders");

  asAdmin();
  const form = await pageOf(StaffPage);
  await sendForm(
    form.replace(/(<input[^>]*name="secondFactor"[^>]*) checked=""/, "$1"),
    "Owners and admins need",
    changeStaffPolicy,
  );
  await db.execute(sql`DELETE FROM totp`);
  await comeIn("line");
  expect(wordsOf(await pageOf(AdminHome))).toContain("Paid orders");
});

it("signs a colleague out everywhere, and nobody else", async () => {
  const asRing = await comeAs(world.id.ring);
  const asLine = await comeIn("line");
  const asAdmin = await comeIn("admin");
  const member = () => pageOf(StaffMemberPage, {}, { id: world.id.ring });
  expect(wordsOf(await member())).toContain("Signed in on");
  expect(await sendForm(await member(), "Sign out everywhere", endStaffSessions)).toEqual({
    to: expect.stringContaining(`/admin/staff/${world.id.ring}?done=sessions`),
  });
  expect(wordsOf(await member())).toContain("Signed in on\nNowhere.");
  asRing();
  expect(wordsOf(await pageOf(AdminHome))).toContain("Please sign in first.");
  asLine();
  expect(wordsOf(await pageOf(AdminHome))).toContain("Paid orders");
  // An owner who sends the form of an admin ends nothing.
  const own = await member();
  expect(wordsOf(own)).toContain("No line crosses here.");
  asAdmin();
  const form = await pageOf(StaffMemberPage, {}, { id: world.id.admin });
  asLine();
  expect(await sendForm(form, "Sign out everywhere", endStaffSessions)).toMatchObject({ status: "error" });
  asAdmin();
  expect(wordsOf(await pageOf(AdminHome))).toContain("Paid orders");
});

it("reckons the next checkout by the price mode and the payment window of the settings", async () => {
  await comeIn("admin");
  const mug = world.mug.variantIds[0] ?? "";
  const bought = async () => {
    const { orderId } = await order(guest(), [{ variantId: mug, quantity: 1 }]);
    const [row] = await db.execute(sql`SELECT total::int, tax::int, shipping::int,
      round(extract(epoch FROM expires_at - placed_at) / 60)::int AS minutes FROM orders WHERE id = ${orderId}`);
    return row;
  };
  const save = async (typed: Record<string, string>) => {
    const answer = await sendForm(await pageOf(AdminSettings), 'aria-label="Settings"', saveSettings, typed);
    expect(answer).toEqual({ to: expect.stringContaining("/admin/settings?done=saved") });
  };
  // 19 % are in it: 1800 × 19/119 and 490 × 19/119.
  expect(await bought()).toEqual({ total: 2_290, tax: 365, shipping: 490, minutes: 15 });
  await save({ pricesIncludeTax: "no", paymentWindowMinutes: "7" });
  expect(await bought()).toEqual({ total: 2_725, tax: 435, shipping: 490, minutes: 7 });
  await save({ pricesIncludeTax: "yes", paymentWindowMinutes: "90" });
  expect(await bought()).toEqual({ total: 2_290, tax: 365, shipping: 490, minutes: 90 });
});

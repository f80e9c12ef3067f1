/** What two instances share though each has a disk of its own: one order of two presses, one cart, the last use of a code, files. */
import { setTimeout as pause } from "node:timers/promises";
import sharp from "sharp";
import { learn, type Recipe } from "@/bench/checkout/http";
import { Visitor } from "@/bench/checkout/visitor";
import { CAST_PASSWORD } from "@/db/cast";
import { db, sql } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { guessColumns } from "@/lib/domain/imports/columns";
import { start } from "@/lib/services/imports/steps";
import type { Ground } from "./ground";
import type { Place } from "./instances-place";

/** Which of the two the proxy sends something to. */
const ONE = { "x-instance": "0" };
const OTHER = { "x-instance": "1" };
const PRESSES = 15;
const USES = 3;
const ASKING = 12;
const HEAD = ["Handle", "Title", "Variant Price", "Variant SKU"];

/** Each of these goes to both instances at once, or to one and then to the other. */
export async function shared(ground: Ground, place: Place): Promise<Record<string, number>> {
  const recipe = await learn(place.proxy.url, "ample-one", "cash_on_delivery");
  return {
    ...(await twoPresses(ground, place, recipe)),
    ...(await oneCart(ground, place, recipe)),
    ...(await lastUses(ground, place, recipe)),
    ...(await files(ground, place)),
  };
}

async function atPayment({ proxy }: Place, recipe: Recipe, email: string): Promise<Visitor> {
  const visitor = new Visitor(proxy.url);
  await visitor.post(recipe.path, recipe.cart);
  await toPayment(visitor, recipe, email);
  return visitor;
}

async function toPayment(visitor: Visitor, recipe: Recipe, email: string): Promise<void> {
  await visitor.post(
    "/checkout",
    recipe.address.map(([name, value]) => [name, name === "email" ? email : value] as const),
  );
  await visitor.post("/checkout/delivery", recipe.delivery);
}

/** "Place the order" reaches both instances at the same moment. */
async function twoPresses(ground: Ground, place: Place, recipe: Recipe): Promise<Record<string, number>> {
  for (let trial = 0; trial < PRESSES; trial += 1) {
    const email = `twice-${trial}@example.com`;
    const visitor = await atPayment(place, recipe, email);
    const payment = (await visitor.form("/checkout/payment", "expectedTotal")).with({
      method: "cash_on_delivery",
    });
    const led = await Promise.all(
      [ONE, OTHER].map((to) =>
        visitor.post("/checkout/payment", payment, to).catch((error: Error) => error.message),
      ),
    );
    const rows = await sql<{ number: string }[]>`select number from orders where email = ${email}`;
    ground.expect(rows.length === 1, `two presses made ${rows.length} orders: ${led.join(" | ")}`);
    for (const to of led)
      ground.expect(to.includes(rows[0]?.number ?? "?"), `one of two presses was answered: ${to}`);
  }
  return { "orders placed at both at once": PRESSES };
}

/** One visitor adds to the cart at both instances. */
async function oneCart(ground: Ground, place: Place, recipe: Recipe): Promise<Record<string, number>> {
  const visitor = new Visitor(place.proxy.url);
  await visitor.post(recipe.path, recipe.cart);
  const presses = [ONE, OTHER].flatMap((to) => Array.from({ length: 4 }, () => to));
  await Promise.all(presses.map((to) => visitor.post(recipe.path, recipe.cart, to)));
  // Each of the other shoppers took one.
  const rows = await sql<{ quantity: number }[]>`
    select l.quantity from cart_items l join variants v on v.id = l.variant_id where v.sku = 'AMPLE' and l.quantity > 1`;
  const wanted = presses.length + 1;
  const isRight = rows.length === 1 && rows[0]?.quantity === wanted;
  ground.expect(isRight, `${wanted} pieces were put into one cart, there are ${JSON.stringify(rows)}`);
  return { "pieces put into one cart at both": presses.length + 1 };
}

/** A code may be used three times; twelve shoppers place their orders with it, half at each instance. */
async function lastUses(ground: Ground, place: Place, recipe: Recipe): Promise<Record<string, number>> {
  await db.insert(discounts).values({
    id: newId(),
    title: "Three times",
    code: "THRICE",
    kind: "percentage",
    value: 10,
    totalLimit: USES,
    perCustomerLimit: 1,
  });
  const ready = [];
  for (let shopper = 0; shopper < ASKING; shopper += 1) {
    const visitor = new Visitor(place.proxy.url);
    await visitor.post(recipe.path, recipe.cart);
    const code = (await visitor.form("/cart", "code")).with({ code: "THRICE" });
    await visitor.post("/cart", code).catch(() => "the same page again");
    await toPayment(visitor, recipe, `thrice-${shopper}@example.com`);
    const form = await visitor.form("/checkout/payment", "expectedTotal");
    ready.push({ visitor, payment: form.with({ method: "cash_on_delivery" }) });
  }
  await Promise.all(
    ready.map(({ visitor, payment }, at) =>
      visitor.post("/checkout/payment", payment, at % 2 ? ONE : OTHER).catch((error: Error) => error.message),
    ),
  );
  const [row] = await sql<{ orders: number; used: number }[]>`
    select count(*)::int as orders, count(*) filter (where discount > 0)::int as used
    from orders where email like 'thrice-%'`;
  ground.expect(row?.used === USES, `a code for ${USES} uses was used ${row?.used} times`);
  return { "uses of a code for three, twelve at both": row?.used ?? 0 };
}

/** What is sent to one instance, the other shows and the worker reads: a file to import, and a picture in the bucket. */
async function files(ground: Ground, place: Place): Promise<Record<string, number>> {
  const visitor = new Visitor(place.proxy.url);
  const signIn = (await visitor.form("/sign-in", "password")).with({
    email: "admin@example.com",
    password: CAST_PASSWORD,
  });
  await visitor.post("/sign-in", signIn);
  const table = new File([`${HEAD}\nelsewhere,Elsewhere,12.00,ELSE\n`], "goods.csv", {
    type: "text/csv",
  });
  const page = new URL(await visitor.post("/api/import", [["file", table]], ONE), place.one.url).pathname;
  const chosen = guessColumns(HEAD).map((column, at) => [`columns.${at}`, column ?? ""]);
  const check = (await visitor.form(page, "columns.0")).with(Object.fromEntries(chosen));
  await visitor.post(page, check, OTHER).catch(() => "the same page again");
  const importId = page.split("/").at(-1) ?? "";
  await until(
    () => sql`select 1 from imports where id = ${importId} and status = 'checked'`,
    "the trial of a file that came in elsewhere",
  );
  await start(ground.world.admin, importId);
  const [goods] = await until(
    () => sql<{ id: string }[]>`select id from products where slug = 'elsewhere'`,
    "the import of a file that came in elsewhere",
  );
  const path = `/admin/products/${goods?.id}`;
  const picture = new File(
    [
      new Uint8Array(
        await sharp({ create: { width: 900, height: 900, channels: 3, background: "#8a5" } })
          .png()
          .toBuffer(),
      ),
    ],
    "green.png",
    { type: "image/png" },
  );
  const upload = (await visitor.form(path, "files")).with({}).filter(([name]) => name !== "files");
  await visitor.post(path, [...upload, ["files", picture]], ONE).catch(() => "the same page again");
  const [kept] = await until(
    () => sql<{ key: string }[]>`select key from product_images where product_id = ${goods?.id ?? ""}`,
    "the picture that was sent",
  );
  ground.expect(
    [...place.bucket.files.keys()].some((key) => key.includes(kept?.key ?? "?")),
    "the picture is not in the bucket",
  );
  for (const { url } of [place.one, place.other]) {
    const answer = await fetch(`${url}/media/640w/${kept?.key}`, { headers: { accept: "image/avif" } });
    ground.expect(answer.status === 200, `a picture that was sent to one is ${answer.status} at ${url}`);
  }
  return { "files sent to one and read by the others": 2 };
}

async function until<T>(read: () => Promise<readonly T[]>, what: string): Promise<readonly T[]> {
  for (let tries = 0; tries < 150; tries += 1) {
    const rows = await read();
    if (rows.length > 0) return rows;
    await pause(200);
  }
  throw new Error(`waited 30 s for ${what}`);
}

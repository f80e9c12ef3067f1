/** Cash of couriers in several currencies, booked by the page's forms: a form and a sum for each currency. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder } from "@/db/testing/delivered";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { bookCash } from "@/lib/actions/admin/books";
import { formatMoney } from "@/lib/domain/money";
import { remitCash } from "@/lib/services/payouts/remit";
import AdminBooks from "./books/page";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  await comeAs(world.id.admin);
});
afterAll(() => gateway.close());

async function collected() {
  const wishes = [{ variantId: await shelf(world, 5), quantity: 1 }];
  return deliveredOrder(gateway, world.admin, guest(), wishes, { method: "cash_on_delivery" });
}

it("books each currency by itself: what couriers hold in one says nothing of another", async () => {
  const euros = await collected();
  await db.execute(sql`UPDATE settings SET currency = 'JPY'`);
  const yen = await collected();
  const tell = (amount: number, currency?: string) =>
    remitCash(world.admin, { amount, currency, reference: "DHL 49" });
  const tooMuch = { code: "invalid_input" };
  await expect(tell(yen.total + 1)).rejects.toMatchObject(tooMuch);
  await expect(tell(euros.total + 1, "EUR")).rejects.toMatchObject(tooMuch);
  await expect(tell(1, "USD")).rejects.toMatchObject(tooMuch);
  const both = { orderIds: [euros.orderId, yen.orderId], reference: "DHL 49" };
  await expect(remitCash(world.admin, both)).rejects.toMatchObject(tooMuch);
  const page = await pageOf(AdminBooks);
  const form = (currency: string) => `aria-label="Cash arrived at the bank: ${currency}"`;
  const typed = (amount: number) => ({ amount: String(amount), reference: "DHL 49" });
  expect(await sendForm(page, form("EUR"), bookCash, typed(euros.total / 100))).toHaveProperty("to");
  const rest = await pageOf(AdminBooks);
  expect(rest).not.toContain(form("EUR"));
  const last = 'aria-label="Cash arrived at the bank"';
  expect(await sendForm(rest, last, bookCash, typed(yen.total))).toHaveProperty("to");
  const [left] = await db.execute(
    sql`SELECT sum(amount)::int AS sum FROM ledger_entries WHERE account = 'cod_receivable'`,
  );
  expect(left).toEqual({ sum: 0 });
  const said = wordsOf(await pageOf(AdminBooks));
  expect(said).toContain(formatMoney(euros.total, "EUR"));
  expect(said).toContain(formatMoney(yen.total, "JPY"));
  await db.execute(sql`UPDATE settings SET currency = 'EUR'`);
  expect(await wrongInTheBooks()).toEqual([]);
});

/** An order's page as it is drawn, its forms as they are sent, its papers as they are read, and the export of ticked rows. */
import { sql } from "drizzle-orm";
import type { NextRequest } from "next/server";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { db } from "@/db/client";
import { type Delivered, paidOrder } from "@/db/testing/delivered";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, stockOf } from "@/db/testing/orders";
import { sendMailAgain, sendParcel } from "@/lib/actions/admin/orders";
import { refundOrder } from "@/lib/actions/admin/refunds";
import StaffInvoice from "./[number]/invoice/page";
import { GET as invoiceFile } from "./[number]/invoice.pdf/route";
import AdminOrder from "./[number]/page";
import { GET as exportFile } from "./export.csv/route";
import AdminOrders from "./page";
import PackingSlips from "./slips/page";
import { GET as slipsFile } from "./slips.pdf/route";

let world: Cast;
let gateway: TestGateway;
let mug = "";
let tote = "";
/** Three mugs of Line's and a tote of Ring's. */
let mixed: Delivered;
/** One tote each. */
let second: Delivered;
let third: Delivered;

beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  await db.execute(sql`UPDATE settings SET time_zone = 'UTC'`);
  mug = world.mug.variantIds[0] ?? "";
  tote = world.tote.variantIds[0] ?? "";
  const buy = (email: string, ...wishes: [string, number][]) =>
    paidOrder(
      gateway,
      guest(),
      wishes.map(([variantId, quantity]) => ({ variantId, quantity })),
      { email },
    );
  mixed = await buy("grace@example.com", [mug, 3], [tote, 1]);
  second = await buy("bea@example.com", [tote, 1]);
  third = await buy("cleo@example.com", [tote, 1]);
  await runJobs();
});
afterAll(() => gateway.close());

const shown = (number: string, query: Record<string, string> = {}) => pageOf(AdminOrder, query, { number });
const sectionOf = (html: string, id: string): string =>
  new RegExp(`<section[^>]*aria-labelledby="${id}".*?</section>`, "s").exec(html)?.[0] ?? "";

it("ships a part of the lines by its form, then the rest", async () => {
  await comeAs(world.id.line);
  const html = await shown(mixed.number);
  const words = wordsOf(html);
  expect(words).toContain("All 3 pieces go in");
  // Ring's part is none of Line's.
  expect(words).not.toContain("Tote One");
  const answer = await sendForm(html, 'aria-label="Ship"', sendParcel, {
    carrier: "DHL",
    trackingNumber: "JJD 1",
    "lines.0.quantity": "2",
  });
  expect(answer).toEqual({ to: `/admin/orders/${mixed.number}?done=sent` });
  const after = await shown(mixed.number, { done: "sent" });
  expect(wordsOf(after)).toContain("The parcel is on its way; the customer sees its tracking.");
  expect(wordsOf(after)).toContain("Sent in part");
  expect(wordsOf(after)).toContain("1 piece goes in");
  const rows = await db.execute(sql`SELECT s.carrier, i.quantity FROM shipment_items i
    JOIN shipments s ON s.id = i.shipment_id JOIN fulfilments f ON f.id = s.fulfilment_id WHERE f.order_id = ${mixed.orderId}`);
  expect([...rows]).toEqual([{ carrier: "DHL", quantity: 2 }]);

  await sendForm(after, 'aria-label="Ship"', sendParcel, { carrier: "UPS" });
  const all = await shown(mixed.number);
  expect(all).not.toContain('aria-label="Ship"');
});

it("gives a piece and the delivery back by its form, the piece on the shelf again", async () => {
  await comeAs(world.id.admin);
  const before = await stockOf(mug);
  const html = await shown(mixed.number);
  const at = mixed.lines.findIndex(({ variantId }) => variantId === mug);
  expect(wordsOf(sectionOf(html, "refunds"))).toContain("Pieces of Mug One\n3 left to refund, €54.00");
  const answer = await sendForm(html, 'aria-label="Refund"', refundOrder, {
    [`lines.${at}.quantity`]: "1",
    [`lines.${at}.restock`]: "1",
    shipping: "4.90",
    reason: "The glaze is cracked",
  });
  expect(answer).toEqual({ to: `/admin/orders/${mixed.number}?done=refunded` });
  await runJobs();
  await gateway.settled();
  expect(await stockOf(mug)).toEqual({ on_hand: Number(before?.on_hand) + 1, reserved: before?.reserved });
  const [row] = await db.execute(
    sql`SELECT amount::int, shipping::int, status FROM refunds WHERE order_id = ${mixed.orderId}`,
  );
  expect(row).toEqual({ amount: 1_800 + 490, shipping: 490, status: "succeeded" });
  const words = wordsOf(sectionOf(await shown(mixed.number), "refunds"));
  expect(words).toContain("€22.90\n");
  expect(words).toContain("1 × Mug One (back on the shelf) · delivery €4.90\n“The glaze is cracked”");
  expect(words).toContain("2 left to refund, €36.00");
  expect(words).not.toContain("€4.90 left");
});

it("tells in its timeline what happened, the newest first, each with who did it", async () => {
  await comeAs(world.id.admin);
  const list = sectionOf(await shown(mixed.number), "timeline");
  const entries = [...list.matchAll(/<li .*?<\/li>/gs)].map(([item]) => wordsOf(item).split("\n"));
  expect(entries.map(([sentence]) => sentence)).toEqual([
    "Refund sent",
    "Refund requested",
    "Parcel sent with UPS (Line)",
    "Order is being packed",
    "Parcel sent with DHL, JJD 1 (Line)",
    "Packing began (Line)",
    "Order confirmed",
    "Order placed",
  ]);
  const byWhom = (at: number) => entries[at]?.at(-1);
  expect([byWhom(0), byWhom(1), byWhom(4), byWhom(6)]).toEqual([
    "· the shop",
    "· admin",
    "· line",
    "· the shop",
  ]);
  expect(entries[1]).toContain("“The glaze is cracked”");
});

it("sends a mail of the order once more, and lists it beside the first", async () => {
  await comeAs(world.id.admin);
  const mails = async () => [
    ...(await db.execute<{ template: string; to: string }>(
      sql`SELECT template, to_email AS to FROM mail WHERE order_id = ${second.orderId} ORDER BY created_at, id`,
    )),
  ];
  const before = await mails();
  const first = before.find(({ to }) => to === "bea@example.com");
  const html = await shown(second.number);
  const subject = /Send mail \d+ again: ([^"]*)/.exec(
    [...html.matchAll(/<li .*?<\/li>/gs)].find(([item]) => item.includes("bea@example.com"))?.[0] ?? "",
  );
  const answer = await sendForm(html, subject?.[0] ?? "no mail", sendMailAgain);
  expect(answer).toEqual({ to: `/admin/orders/${second.number}?done=mailed` });
  await runJobs();
  expect(await mails()).toEqual([...before, first]);
  const after = await shown(second.number, { done: "mailed" });
  expect(wordsOf(after)).toContain("The mail goes out once more.");
  expect(wordsOf(sectionOf(after, "mail")).match(/bea@example\.com/g)).toHaveLength(2);
});

it("leads to the order before and after, within the list it was opened from", async () => {
  await comeAs(world.id.admin);
  const besides = async (number: string, list = "") =>
    Object.fromEntries(
      [...(await shown(number, { list })).matchAll(/<a (?=[^>]*rel="(prev|next)")[^>]*href="([^"]*)"/g)].map(
        ([, rel, href]) => [rel, (href ?? "").replaceAll("&amp;", "&")],
      ),
    );
  const at = (order: Delivered, list = "") => `/admin/orders/${order.number}${list && `?list=${list}`}`;
  // The newest stands first in the list.
  expect(await besides(third.number)).toEqual({ next: at(second) });
  expect(await besides(second.number)).toEqual({ prev: at(third), next: at(mixed) });
  expect(await besides(mixed.number)).toEqual({ prev: at(second) });
  const dear = encodeURIComponent("sort=total");
  expect(await besides(mixed.number, "sort=total")).toMatchObject({
    next: expect.stringContaining(`list=${dear}`),
  });
  expect(await besides(mixed.number, "q=grace")).toEqual({});
});

const fileOf = async (
  route: (request: NextRequest, props: never) => Promise<Response>,
  path: string,
  number = "",
) => {
  const request = new Request(`http://localhost:3000/admin/orders/${path}`) as NextRequest;
  return route(request, { params: Promise.resolve({ number }) } as never);
};
const pdfText = async (answer: Response) => {
  const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  return { text: text.normalize("NFC").replaceAll(/[\s\p{Cc}]+/gu, " "), totalPages };
};

it("exports the ticked rows alone, and to an owner none of others", async () => {
  await comeAs(world.id.admin);
  // What the list sends: a tick's value is the order's id.
  const ticks = [
    ...(await pageOf(AdminOrders)).matchAll(/<input[^>]*type="checkbox"[^>]*name="ids"[^>]*>/g),
  ].map(([tick]) => / value="([^"]*)"/.exec(tick)?.[1]);
  expect(ticks).toEqual([third, second, mixed].map(({ orderId }) => orderId));
  const exported = async (...ids: string[]) => {
    const answer = await fileOf(exportFile, `export.csv?list=&${ids.map((id) => `ids=${id}`).join("&")}`);
    return (await answer.text())
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(","));
  };
  expect((await exported(third.orderId, mixed.orderId)).map(([number]) => number)).toEqual([
    third.number,
    mixed.number,
  ]);
  await comeAs(world.id.line);
  const [own, ...more] = await exported(second.orderId, third.orderId, mixed.orderId);
  expect(more).toEqual([]);
  expect(own?.[0]).toBe(mixed.number);
  expect(own?.slice(10, 11)).toEqual(["54.00"]);
  await comeAs(world.id.ada);
  expect((await fileOf(exportFile, `export.csv?ids=${mixed.orderId}`)).status).toBe(404);
});

const MUGS = ["Ada Lovelace", "Torstraße 112", "Mug One", "MUG"];

it("prints what is to be packed, a sheet for each seller, without prices; on paper and as a file", async () => {
  await comeAs(world.id.admin);
  const query = { ids: [mixed.orderId] };
  const sheets = (await pageOf(PackingSlips, query)).match(/<article.*?<\/article>/gs)?.map(wordsOf) ?? [];
  expect(sheets).toHaveLength(2);
  const [line = "", ring = ""] = sheets.toSorted((a) => (a.includes("Mug One") ? -1 : 1));
  const facts = [`Order\n${mixed.number}`, "Packed by\nLine", "Delivery\nStandard", "MUG\n3\npieces"];
  for (const words of [...MUGS, ...facts]) expect(line).toContain(words);
  expect(line).not.toContain("Tote One");
  expect(ring).toContain("Packed by\nRing");
  expect(ring).toContain("TOTE\n1\n");
  expect(sheets.join()).not.toContain("€");

  const file = await pdfText(await fileOf(slipsFile, `slips.pdf?ids=${mixed.orderId}`));
  expect(file.totalPages).toBe(2);
  for (const words of [...MUGS, `Order ${mixed.number}`, "Packed by Line", "Packed by Ring", "Tote One"])
    expect(file.text).toContain(words);
  expect(file.text).not.toContain("€");

  await comeAs(world.id.ring);
  const own = await pdfText(await fileOf(slipsFile, `slips.pdf?ids=${mixed.orderId}`));
  expect(own.totalPages).toBe(1);
  expect(own.text).toContain("Tote One");
  expect(own.text).not.toContain("Mug One");
});

it("bills every line with its tax, on the page for the printer and in the file alike", async () => {
  await comeAs(world.id.admin);
  const papers = sectionOf(await shown(mixed.number), "papers");
  const [, invoice = ""] = /invoice\?number=(INV-\d+)/.exec(papers) ?? [];
  const html = await pageOf(StaffInvoice, { number: invoice }, { number: mixed.number });
  const page = wordsOf(/<article.*<\/article>/s.exec(html)?.[0] ?? "").replaceAll("\n", " ");
  const file = await pdfText(
    await fileOf(invoiceFile, `${mixed.number}/invoice.pdf?number=${invoice}`, mixed.number),
  );
  // 3 × 18 + 24 + 4.90, each with 19 % in its price, rounded line by line.
  const sums = ["€54.00", "€24.00", "Delivery, Standard", "19 %", "€69.67", "€13.23", "Total €82.90"];
  for (const text of [page, file.text])
    for (const words of [`Invoice ${invoice}`, mixed.number, ...MUGS, "Tote One", ...sums])
      expect(text).toContain(words);
  const [, credit = ""] = /invoice\?number=(CRN-\d+)/.exec(papers) ?? [];
  const back = await pdfText(
    await fileOf(invoiceFile, `${mixed.number}/invoice.pdf?number=${credit}`, mixed.number),
  );
  for (const words of [`For invoice ${invoice}`, "Mug One", "€18.00", "Total credited €22.90"])
    expect(back.text).toContain(words);
  await comeAs(world.id.line);
  expect((await fileOf(invoiceFile, `${mixed.number}/invoice.pdf`, mixed.number)).status).toBe(404);
});

it("says what stops an order: a dispute with its sum and reason, and an event that failed", async () => {
  const { providerIntentId } = await paymentOf(third.orderId);
  await gateway.turn("dispute", { payment_intent: providerIntentId });
  await gateway.settled();
  await db.execute(sql`INSERT INTO webhook_events (id, provider_event_id, type, payload, order_id, error, created_at)
    VALUES (gen_random_uuid(), 'evt_broken', 'charge.updated', '{}', ${third.orderId}, 'It broke', shop_now())`);
  await comeAs(world.id.admin);
  const words = wordsOf(await shown(third.number));
  expect(words).toContain("The bank asks for this payment back: €28.90\nNothing is shipped");
  expect(words).toMatch(/The reason given: fraudulent\. Evidence is due by \d+ \w+/);
  expect(words).toMatch(/Dispute du_\w+/);
  expect(words).toContain("An event of the payment service failed\ncharge.updated\n");
  expect(words).toContain(": It broke");
  // An owner learns that nothing may leave, and nothing of the bank's.
  await comeAs(world.id.ring);
  const own = await shown(third.number);
  expect(wordsOf(own)).toContain("The bank asks for this payment back\nNothing is shipped");
  expect(own).not.toContain("du_");
  expect(own).not.toContain('aria-label="Ship"');
});

/** Who finds which action on an order's page: what an owner may not do is not in their page, and not done for asking. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN } from "@/db/cast-orders";
import { db } from "@/db/client";
import { deliveredOrder, paidOrder } from "@/db/testing/delivered";
import { comeAs, pageOf, sendForm } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs } from "@/db/testing/orders";
import * as astray from "@/lib/actions/admin/astray";
import * as orders from "@/lib/actions/admin/orders";
import * as refunds from "@/lib/actions/admin/refunds";
import { createManual } from "@/lib/services/checkout/manual";
import { ship } from "@/lib/services/orders/ship";
import { refund } from "@/lib/services/payments/refund";
import { settleRefund } from "@/lib/services/payments/refund-settle";
import AdminOrder from "./[number]/page";

type Action = (previous: never, form: FormData) => Promise<unknown>;
type Of = "admin" | "staff";

/** Every action of an order's page: a form of it says this, and whose it is. */
const ACTIONS: Record<string, [says: string, action: Action, of: Of, typed?: Record<string, string>]> = {
  sendParcel: ['aria-label="Ship"', orders.sendParcel, "staff"],
  startPacking: [">Start packing<", orders.startPacking, "staff"],
  markDelivered: [">It arrived<", orders.markDelivered, "staff"],
  markPaidByTransfer: [
    'aria-label="Bank transfer"',
    orders.markPaidByTransfer,
    "admin",
    { reference: "X 1" },
  ],
  cancelForShop: [">Cancel the order<", orders.cancelForShop, "admin", { note: "Not this one" }],
  writeNote: [">Add note<", orders.writeNote, "staff"],
  changeAddressForShop: ['aria-label="New address"', orders.changeAddressForShop, "admin"],
  sendMailAgain: [">Send again<", orders.sendMailAgain, "admin"],
  parcelStrayed: ["did not arrive", astray.parcelStrayed, "staff"],
  correctParcel: [": correct the number", astray.correctParcel, "staff"],
  callOff: ['aria-label="Cannot be sent', astray.callOff, "staff"],
  giveUpPart: ['aria-label="Refused or lost', astray.giveUpPart, "admin", { became: "lost" }],
  refundOrder: ['aria-label="Refund"', refunds.refundOrder, "admin", { amount: "1.00", reason: "Because" }],
  retryRefund: ['aria-label="Try the refund again"', refunds.retryRefund, "admin"],
  recordCashBack: ['aria-label="Cash by hand"', refunds.recordCashBack, "admin", { do: "paid" }],
};

let world: Cast;
let gateway: TestGateway;
/** Orders of Line's goods alone, in every state in which one of the actions may be. */
const numbers: Record<string, string> = {};

beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  const jug = await shelf(world, 50);
  const wish = [{ variantId: jug, quantity: 2 }];
  await db.execute(sql`UPDATE settings SET bank_details = 'DE00 0000'`);
  const transfer = await createManual(world.admin, {
    email: "walk-in@example.com",
    lines: wish,
    address: BERLIN,
    shippingRateId: world.id.standard,
    method: "bank_transfer",
    holdDays: 7,
  });
  const [open, sent, failed] = [
    await paidOrder(gateway, guest(), wish),
    await paidOrder(gateway, guest(), wish),
    await paidOrder(gateway, guest(), wish),
  ];
  await ship(world.line, sent.orderId, { carrier: "DHL", trackingNumber: "JJD 1" });
  const again = await refund(world.admin, { orderId: failed.orderId, amount: 500, reason: "Sorry" });
  await settleRefund(world.system, again.refundId, { status: "failed", failureReason: "lost", id: null });
  const cash = await deliveredOrder(gateway, world.admin, guest(), wish, { method: "cash_on_delivery" });
  await refund(world.admin, { orderId: cash.orderId, amount: 300, reason: "Sorry" });
  await runJobs();
  Object.assign(numbers, {
    transfer: transfer.number,
    ...{ open: open.number, sent: sent.number, failed: failed.number, cash: cash.number },
  });
});
afterAll(() => gateway.close());

/** The pages of all those orders, as somebody has them. */
async function pagesOf(who: "admin" | "line"): Promise<Record<string, string>> {
  await comeAs(world.id[who]);
  const pages: Record<string, string> = {};
  for (const [state, number] of Object.entries(numbers))
    pages[state] = await pageOf(AdminOrder, {}, { number });
  return pages;
}
const formsOf = (html: string) => html.match(/<form .*?<\/form>/gs) ?? [];
/** In which of the pages a form says that. */
const statesWith = (pages: Record<string, string>, says: string) =>
  Object.keys(pages).filter((state) => formsOf(pages[state] ?? "").some((form) => form.includes(says)));
const kept = async () => [
  ...(await db.execute(sql`SELECT o.number, o.status, o.captured, o.refunded,
    (SELECT count(*)::int FROM refunds r WHERE r.order_id = o.id) AS refunds,
    (SELECT count(*)::int FROM refunds r WHERE r.order_id = o.id AND r.status = 'succeeded') AS paid,
    (SELECT count(*)::int FROM mail m WHERE m.order_id = o.id) AS mails,
    (SELECT count(*)::int FROM order_addresses a WHERE a.order_id = o.id) AS addresses,
    (SELECT string_agg(f.status::text, ' ') FROM fulfilments f WHERE f.order_id = o.id) AS parts
    FROM orders o ORDER BY 1`)),
];

it("names every action that an order's page may have", () => {
  expect(Object.keys({ ...orders, ...astray, ...refunds }).sort()).toEqual(Object.keys(ACTIONS).sort());
});

it("draws for an owner the actions that are theirs, wherever an admin has them, and no other", async () => {
  const [admins, owners] = [await pagesOf("admin"), await pagesOf("line")];
  for (const [name, [says, , of]] of Object.entries(ACTIONS)) {
    const there = statesWith(admins, says);
    expect(there, `${name}, for an admin`).not.toEqual([]);
    expect(statesWith(owners, says), `${name}, for an owner`).toEqual(of === "staff" ? there : []);
  }
  // Nothing else can be pressed, either: each form of the page is one of those.
  const known = Object.values(ACTIONS).filter(([, , of]) => of === "staff");
  for (const [state, html] of Object.entries(owners)) {
    const main = html.slice(html.indexOf("</h1>"));
    for (const form of formsOf(main))
      expect(
        known.some(([says]) => form.includes(says)),
        `${state}: ${form.slice(0, 300)}`,
      ).toBe(true);
  }
});

it("does nothing for an owner who sends an admin's form", async () => {
  const admins = await pagesOf("admin");
  const before = await kept();
  await comeAs(world.id.line);
  for (const [name, [says, action, of, typed]] of Object.entries(ACTIONS)) {
    if (of !== "admin") continue;
    const html = admins[statesWith(admins, says)[0] ?? ""] ?? "";
    expect(await sendForm(html, says, action, typed), name).toMatchObject({
      status: "error",
      code: "forbidden",
    });
  }
  expect(await kept()).toEqual(before);
});

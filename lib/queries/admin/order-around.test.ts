import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { mail } from "@/db/schema/notifications";
import { disputes, webhookEvents } from "@/db/schema/payments";
import { paymentOf, runJobs } from "@/db/testing/orders";
import { sendAgain } from "@/lib/services/notifications/again";
import { changeAddress } from "@/lib/services/orders/address";
import { startProcessing } from "@/lib/services/orders/ship";
import { getStaffInvoice } from "./invoice";
import { getStaffOrder } from "./order";
import { getOrderAround } from "./order-around";

// In a process of its own: the address of the sandbox must not be set.
let world: Cast;
let placed: { orderId: string; number: string };

beforeAll(async () => {
  world = await cast();
  const wishes = [{ variantId: await variantId("TOTE"), quantity: 1 }];
  placed = await order(guest(), wishes, { method: "cash_on_delivery", email: "buyer@example.com" });
  await runJobs();
});

it("tells an admin of mail, papers, disputes and failed events, and an owner nothing", async () => {
  const { admin, ring } = world;
  const { orderId } = placed;
  const payment = await paymentOf(orderId);
  const dispute = { id: newId(), orderId, paymentId: payment.id, amount: 500, reason: "fraudulent" };
  await db.insert(disputes).values({ ...dispute, providerDisputeId: "dp_around", dueBy: new Date(0) });
  const failed = (id: string, object: object, more: object = {}) => ({
    id: newId(),
    providerEventId: id,
    type: "charge.dispute.created",
    payload: { data: { object } },
    error: "no luck",
    ...more,
  });
  await db
    .insert(webhookEvents)
    .values([
      failed("evt_by_object", { id: "dp_around" }),
      failed("evt_by_order", { metadata: { order_id: orderId } }),
      failed("evt_of_others", { id: "dp_other" }),
      failed("evt_done", { id: "dp_around" }, { processedAt: new Date() }),
    ]);
  const around = await getOrderAround(admin, orderId);
  expect(around?.disputes).toMatchObject([{ status: "open", amount: 500, providerId: "dp_around" }]);
  expect(around?.disputes[0]?.dueBy).toEqual(new Date(0));
  // Its page in Stripe's dashboard, live or of the tests; the sandbox has none.
  const href = async () => (await getOrderAround(admin, orderId))?.disputes[0]?.href;
  expect(await href()).toBe("https://dashboard.stripe.com/test/disputes/dp_around");
  await db.execute(sql`UPDATE payments SET is_live = true WHERE id = ${payment.id}`);
  expect(await href()).toBe("https://dashboard.stripe.com/disputes/dp_around");
  const env = await import("@/lib/env");
  vi.spyOn(env, "env", "get").mockReturnValue({ ...env.env, SANDBOX_URL: "http://127.0.0.1:9" });
  expect(await href()).toBeNull();
  vi.restoreAllMocks();
  expect(around?.failedEvents.map(({ error }) => error)).toEqual(["no luck", "no luck"]);
  expect(around?.mails.map(({ toEmail }) => toEmail)).toContain("buyer@example.com");
  expect(around?.invoices).toMatchObject([{ kind: "invoice" }]);
  expect(around?.customerKey).toBe(orderId);
  expect(await getOrderAround(ring, orderId)).toBeNull();
  const invoice = await getStaffInvoice(admin, placed.number);
  expect(invoice).toMatchObject({ orderNumber: placed.number, number: around?.invoices[0]?.number });
  expect(invoice?.lines).toHaveLength(1);
});

it("sends a mail of an order once more, once per request, and not while it waits", async () => {
  const { admin } = world;
  const [first] = await db.select().from(mail).where(eq(mail.toEmail, "buyer@example.com"));
  if (!first) throw new Error("nothing was written");
  const key = "again-0001";
  await sendAgain(admin, { mailId: first.id, key });
  await sendAgain(admin, { mailId: first.id, key });
  const all = await db.select().from(mail).where(eq(mail.toEmail, "buyer@example.com"));
  const again = all.filter(({ dedupeKey }) => dedupeKey.includes(":again:"));
  expect(again).toHaveLength(1);
  expect(again[0]).toMatchObject({ status: "queued", subject: first.subject, orderId: placed.orderId });
  await expect(sendAgain(admin, { mailId: again[0]?.id ?? "" })).rejects.toMatchObject({
    code: "illegal_transition",
  });
  await expect(sendAgain(admin, { mailId: newId() })).rejects.toMatchObject({ code: "not_found" });
  await db.execute(sql`UPDATE mail SET order_id = NULL WHERE id = ${first.id}`);
  await expect(sendAgain(admin, { mailId: first.id })).rejects.toMatchObject({ code: "not_found" });
});

it("offers another address to admins until somebody packs", async () => {
  const { admin, ring } = world;
  const { orderId, number } = placed;
  expect((await getStaffOrder(admin, number))?.can.changeAddress).toBe(true);
  expect((await getStaffOrder(ring, number))?.can.changeAddress).toBe(false);
  await changeAddress(admin, { orderId, shipping: { ...BERLIN, line1: "Elsewhere 1" } });
  expect((await getStaffOrder(ring, number))?.shippingAddress?.line1).toBe("Elsewhere 1");
  await startProcessing(ring, orderId);
  expect((await getStaffOrder(admin, number))?.can.changeAddress).toBe(false);
});

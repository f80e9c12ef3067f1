import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { getOrder } from "@/lib/queries/orders";
import { refund } from "@/lib/services/payments/refund";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { getDesk } from "./home";
import { getStaffReturn, listReturns } from "./returns";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const all = { search: "", view: "every", sort: "asked", page: 1, pageSize: 50 } as const;

it("shows owners the returns of their own goods, admins all of them", async () => {
  const shopper = guest();
  const wishes = [
    { variantId: await shelf(world, 5, 2_000), quantity: 2 },
    { variantId: world.tote.variantIds[0] ?? "", quantity: 1 },
  ];
  const { orderId, number, lines } = await deliveredOrder(gateway, world.admin, shopper, wishes);
  const before = await getOrder(shopper, number);
  expect(before?.returnable.map(({ left }) => left)).toEqual([2, 1]);
  expect(before?.can).toMatchObject({ cancel: false, changeAddress: false, sendBack: true });
  const made = await requestReturn(shopper, {
    orderId,
    lines: lines.map(({ id }) => ({ orderLineId: id, quantity: 1, reason: "damaged" as const })),
    note: "It hums.",
  });
  const ofLine = made.find(({ ownerId }) => ownerId === world.id.lineShop)?.number ?? "";
  const ofRing = made.find(({ ownerId }) => ownerId === world.id.ringShop)?.number ?? "";
  const numbers = async (staff: typeof world.line | typeof world.admin, search = "") =>
    (await listReturns(staff, { ...all, search })).rows.map((row) => row.number);
  expect(await numbers(world.line)).toEqual([ofLine]);
  expect(await numbers(world.ring)).toEqual([ofRing]);
  expect((await numbers(world.admin)).sort()).toEqual([ofLine, ofRing].sort());
  expect(await numbers(world.line, number)).toEqual([ofLine]);
  expect(await numbers(world.line, ofRing)).toEqual([]);
  expect((await listReturns(world.line, all)).counts).toEqual({ "to-do": 1, coming: 0, ended: 0, every: 1 });
  expect(await getStaffReturn(world.line, ofRing)).toBeNull();
  expect(await getStaffReturn(world.ring, ofRing)).toMatchObject({ note: "It hums.", shipping: null });
  expect((await getStaffReturn(world.admin, ofRing))?.shipping).toBeGreaterThan(0);
  expect((await getDesk(world.line)).returns).toBe(1);
  // The shopper sees both, and what is left to send back.
  const after = await getOrder(shopper, number);
  expect(after?.returns.map((one) => one.number).sort()).toEqual([ofLine, ofRing].sort());
  expect(after?.returnable.map(({ left }) => left)).toEqual([1]);
});

it("says what is left to give back for what came, which is what is given", async () => {
  const shopper = guest();
  const wishes = [{ variantId: await shelf(world, 5, 3_333), quantity: 3 }];
  const { orderId, lines } = await deliveredOrder(gateway, world.admin, shopper, wishes);
  const line = lines[0]?.id ?? "";
  const [made] = await requestReturn(shopper, {
    orderId,
    lines: [{ orderLineId: line, quantity: 2, reason: "damaged" }],
  });
  const { returnId = "", number = "" } = { ...made };
  await approve(world.line, { returnId });
  await receive(world.line, { returnId, lines: [{ orderLineId: line, restock: 1, writeOff: 1 }] });
  const dueOf = async () => {
    const found = await getStaffReturn(world.admin, number);
    return { due: found?.lines[0]?.due, shipping: found?.shipping };
  };
  const before = await dueOf();
  expect(before.due).toBe(6_666);
  expect(before.shipping).toBeGreaterThan(0);
  // Meanwhile a sum over the whole order, and a part of the shipping, went back by an admin.
  await refund(world.admin, { orderId, lines: [], shipping: 100, reason: "Late" });
  await refund(world.admin, { orderId, amount: 5_000, reason: "Goodwill" });
  const { due, shipping } = await dueOf();
  expect(shipping).toBe((before.shipping ?? 0) - 100);
  expect(due).toBeLessThan(6_666);
  expect((await refundReturn(world.line, { returnId })).amount).toBe(due);
});

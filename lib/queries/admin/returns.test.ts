import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { getOrder } from "@/lib/queries/orders";
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

const all = { search: "", view: "every", sort: "newest", page: 1, pageSize: 50 } as const;

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

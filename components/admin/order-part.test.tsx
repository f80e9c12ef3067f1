import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { StaffEvent, StaffPart } from "@/lib/queries/admin/order";
import { OrderPart } from "./order-part";
import { eventSentence } from "./order-words";

const part = {
  id: "part",
  ownerName: "Line",
  status: "open",
  lines: [],
  parcels: [],
  can: { process: false, ship: false },
} as unknown as StaffPart;
const drawn = (
  status: "pending" | "confirmed" | "cancelled" | "processing",
  of: Partial<StaffPart> = {},
  isDisputed = false,
) =>
  renderToStaticMarkup(
    <OrderPart
      part={{ ...part, ...of }}
      order={{ id: "order", number: "MR-1234", seen: 1, currency: "EUR", status, isDisputed }}
      isOnly
      timeZone="UTC"
    />,
  );

it("says that nothing is to be packed while an order waits for its payment, and only then", () => {
  expect(drawn("pending")).toContain("Waits for payment");
  expect(drawn("pending")).not.toContain("To pack");
  expect(drawn("confirmed")).not.toContain("Waits for payment");
  expect(drawn("cancelled", { status: "cancelled" })).not.toContain("Waits for payment");
});

it("offers no parcel while the payment is disputed, and tells what was sent in part", () => {
  const line = { id: "line", name: "Jug", title: "", sku: "J-1", quantity: 3, shipped: 1, left: 2 };
  const priced = { ...line, unitPrice: 100, discount: 0, total: 300, refunded: 0, imageKey: null };
  const some = {
    status: "processing",
    lines: [priced],
    can: { process: false, ship: true },
    parcels: [{ id: "parcel", carrier: "DHL", trackingNumber: null, status: "shipped", items: [] }],
  } as unknown as Partial<StaffPart>;
  expect(drawn("processing", some)).toContain("Sent in part");
  expect(drawn("processing", some)).toContain(">Ship<");
  const held = drawn("processing", some, true);
  expect(held).toContain("Held back");
  expect(held).toContain("Nothing more leaves");
  expect(held).not.toContain(">Ship<");
});

it.each([
  [
    { kind: "parcel_sent", data: { carrier: "DHL", trackingNumber: "JJD1" } },
    "Parcel sent with DHL, JJD1 (Line)",
  ],
  [{ kind: "parcel_sent" }, "Parcel sent with a carrier (Line)"],
  [{ kind: "parcel_lost" }, "Parcel lost (Line)"],
  [{ kind: "return_requested", machine: "return" }, "Return asked for (Line)"],
  [{ kind: "lines_cancelled" }, "Pieces called off (Line)"],
  [{ kind: "dispute_opened", ownerName: null }, "The payment is disputed: nothing may leave"],
  [{ kind: "revived", ownerName: null }, "Paid late: the order goes on"],
  // Said by the parcel's own event.
  [{ kind: "shipped", machine: "fulfilment" }, undefined],
  [{ kind: "shipped", machine: "order", ownerName: null }, "All parcels are on their way"],
  [{ kind: "never_heard_of", ownerName: null }, "never heard of"],
])("tells %j as a sentence", (of, sentence) => {
  const event = { machine: null, ownerName: "Line", data: {}, ...of };
  expect(eventSentence(event as unknown as StaffEvent)).toBe(sentence);
});

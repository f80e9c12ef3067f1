import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { StaffPart } from "@/lib/queries/admin/order";
import { OrderPart } from "./order-part";

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

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
const drawn = (status: "pending" | "confirmed" | "cancelled", of: Partial<StaffPart> = {}) =>
  renderToStaticMarkup(
    <OrderPart
      part={{ ...part, ...of }}
      order={{ id: "order", number: "MR-1234", seen: 1, currency: "EUR", status }}
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

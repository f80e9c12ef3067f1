import { expect, test } from "vitest";
import { addressInput, addressLines } from "./addresses";

const good = { name: "Ada", line1: "Torstraße 112", city: "Berlin", country: "DE", postalCode: "10119" };
const faultsOf = (address: Record<string, string>) =>
  Object.fromEntries(
    (addressInput.safeParse(address).error?.issues ?? []).map(({ path, message }) => [
      path.join("."),
      message,
    ]),
  );

test("a good address passes, its postal code in capitals", () => {
  expect(addressInput.parse({ ...good, country: "GB", postalCode: "sw1a 1aa" })).toMatchObject({
    postalCode: "SW1A 1AA",
  });
});

test("everything that is to mend is told at once, with its repair", () => {
  expect(faultsOf({ ...good, name: " ", postalCode: "1011" })).toEqual({
    name: "Please enter your full name.",
    postalCode: "A postal code in Germany looks like 10119.",
  });
  expect(faultsOf({ ...good, country: "US", postalCode: "10001" })).toEqual({
    region: "Please enter the state.",
  });
  expect(Object.keys(faultsOf({ ...good, country: "XX" }))).toEqual(["country"]);
  expect(Object.keys(faultsOf({ ...good, phone: "call me" }))).toEqual(["phone"]);
});

test("lines stand as on a parcel of that country", () => {
  expect(addressLines(good)).toEqual(["Ada", "Torstraße 112", "10119 Berlin", "Germany"]);
  expect(
    addressLines({ ...good, country: "US", city: "New York", region: "NY", postalCode: "10001" }).at(-2),
  ).toBe("New York, NY 10001");
});

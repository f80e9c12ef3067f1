import { expect, test } from "vitest";
import { emailFault, emptyFault, postalFault } from "./address-faults";
import { addressInput } from "./addresses";
import { contactInput } from "./checkout";
import { countries } from "./countries";
import { canonicalPostalCode, isPostalCode } from "./postal-codes";

test("the browser never refuses a postal code that the server takes", () => {
  const refused: string[] = [];
  for (const country of Object.keys(countries)) {
    const example = countries[country]?.postalExample ?? "";
    const typed = [
      example,
      example.toLowerCase(),
      `${country}-${example}`,
      example.replace(/\D/g, ""),
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((n) =>
        ["0123456789", "1011223344", "9876543210"].map((d) => d.slice(0, n)),
      ),
    ];
    for (const code of typed)
      if (isPostalCode(country, canonicalPostalCode(country, code)) && postalFault(country, code))
        refused.push(`${country} ${code}`);
  }
  expect(refused).toEqual([]);
});

test("what is plainly wrong is told in the words of the server", () => {
  expect(postalFault("DE", "1011")).toBe("A postal code in Germany looks like 10119.");
  expect(postalFault("DE", "")).toBe("A postal code in Germany looks like 10119.");
  expect(postalFault("US", "12")).toBe("A ZIP code in the United States looks like 10001.");
  expect(postalFault("IE", "")).toBe("An Eircode in Ireland looks like D02 AF30.");
  expect(postalFault("US", "10001-1234")).toBeUndefined();
  expect(postalFault("GB", "SW1A1AA")).toBeUndefined();
  const server = addressInput.safeParse({ name: "", line1: "", city: "", country: "DE", postalCode: "1" });
  const words = Object.fromEntries(
    (server.error?.issues ?? []).map(({ path, message }) => [path.join("."), message]),
  );
  expect(emptyFault("your full name")(" ")).toBe(words.name);
  expect(emptyFault("street and number")("")).toBe(words.line1);
  expect(postalFault("DE", "1")).toBe(words.postalCode);
});

test.each(["", "ada", "ada@", "ada@example", "a b@example.com", "@example.com"])(
  "%s is no e-mail address, for browser and server",
  (email) => {
    expect(emailFault(email)).toBe(contactInput.safeParse({ email }).error?.issues[0]?.message);
  },
);
test.each(["ada@example.com", "a.b+c@mail.example.co.uk"])("%s is one", (email) => {
  expect(emailFault(email)).toBeUndefined();
  expect(contactInput.safeParse({ email }).success).toBe(true);
});

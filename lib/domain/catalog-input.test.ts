import { expect, test } from "vitest";
import { newProductInput, productInput } from "./catalog-input";

test("a variant whose conflict was told comes without a version, and is meant as it is", () => {
  const id = "00000000-0000-7000-8000-000000000000";
  const product = { productId: id, version: "3", name: "Jug", subtitle: "", slug: "jug", description: "" };
  const variant = (version: string) => ({ id, version, price: "10" });
  const { variants } = productInput.parse({
    ...product,
    status: "active",
    categoryId: id,
    tags: "",
    variants: [variant(""), variant("4")],
  });
  expect(variants.map(({ version }) => version)).toEqual([undefined, 4]);
});

test("a price that is no amount is told together with what else is wrong, whatever the currency", () => {
  const faultsOf = (price: string) => {
    const typed = { name: "", categoryId: "none", price, requestKey: "12345678" };
    const { error } = newProductInput.safeParse(typed);
    return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
  };
  expect(Object.keys(faultsOf("59"))).toEqual(["name", "categoryId"]);
  expect(faultsOf("")).toMatchObject({ name: "Please enter a name.", price: "Please enter a price." });
  for (const price of ["abc", "1o0", "twelve 12 or 13"])
    expect(faultsOf(price)).toMatchObject({
      name: "Please enter a name.",
      price: "Please enter an amount in digits, like 59.",
    });
  // How many digits may follow the mark, and which sign belongs to it, is for who knows the currency.
  for (const price of ["1.234", "5900", "€ 59,50", "59.00 KWD", "1'299.00", "-5"])
    expect(Object.keys(faultsOf(price))).toEqual(["name", "categoryId"]);
});

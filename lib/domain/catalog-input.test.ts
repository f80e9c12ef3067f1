import { expect, test } from "vitest";
import { productInput } from "./catalog-input";

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

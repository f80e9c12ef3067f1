import { expect, test } from "vitest";
import { redact } from "./log";

test("secrets are cut out by name and by form, however deep", () => {
  const line = JSON.stringify(
    redact({
      order: "MR-7K2Q9D",
      clientSecret: "x1",
      nested: { headers: { authorization: "x2" }, url: "postgres://shop:x3@db/shop" },
      text: "intent pi_1Abc_secret_x4 with sk_test_x5 and whsec_x6",
    }),
  );
  expect(line).toContain("MR-7K2Q9D");
  expect(line).toContain("postgres://shop:[redacted]@db/shop");
  for (const secret of ["x1", "x2", "x3", "x4", "x5", "x6"]) expect(line).not.toContain(secret);
});

test("an error keeps its code and cause, and loses the query's parameters", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505" });
  const error = new Error("Failed query: insert\nparams: ada@example.com,Ada", { cause });
  const line = JSON.stringify(redact({ error }));
  expect(line).toContain("23505");
  expect(line).not.toContain("ada@example.com");
});

test("card numbers and links that are keys are cut out of any text, other numbers stay", () => {
  const line = JSON.stringify(
    redact({
      text: "paid with 4242 4242 4242 4242 or 4000-0025-0000-3155, then 378282246310005",
      link: "https://shop.example/orders/MR-7K2Q9D?key=x7&a=1 /reset-password?token=x8",
      order: "8c0f2f4e-4242-4242-8242-424242424242 at 1764346800000 for 1234567890123",
    }),
  );
  expect(line).not.toMatch(/4242 4242|3155|378282246310005|x7|x8/);
  expect(line).toContain("8c0f2f4e-4242-4242-8242-424242424242 at 1764346800000 for 1234567890123");
  expect(line).toContain("&a=1");
});

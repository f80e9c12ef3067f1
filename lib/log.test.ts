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

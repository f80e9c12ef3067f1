import { expect, it } from "vitest";
import { DatabaseFailure } from "@/db/failures";
import { ShopError } from "./domain/errors";
import { newReference, tellFailure, telling } from "./failures";

const wrapped = (failure: DatabaseFailure) => new Error("Failed query: select …", { cause: failure });

it.each([
  ["busy", "busy"],
  ["unavailable", "unavailable_now"],
  ["unknown_outcome", "outcome_unknown"],
] as const)("tells %s with its reference, however it was wrapped", (kind, code) => {
  const reference = newReference();
  const told = tellFailure(wrapped(new DatabaseFailure(kind, new Error("socket"))), reference);
  expect(told?.code).toBe(code);
  expect(told?.message).toContain(reference);
  expect(told?.message).not.toContain("socket");
});

it("answers a machine 503 with a moment to come back, and lets everything else pass", async () => {
  process.env.LOG_LEVEL = "error";
  const answer = await telling(async () => {
    throw wrapped(new DatabaseFailure("unavailable", new Error("socket")));
  })();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(await answer.json()).toMatchObject({ error: "unavailable_now", reference: expect.any(String) });
  const refused = new ShopError("cart_empty", {});
  const passes = telling(async () => {
    throw refused;
  })();
  await expect(passes).rejects.toBe(refused);
});

import { expect, test } from "vitest";
import { leaksOf } from "./log-watch";

const SECRETS = { AUTH_SECRET: "9f2c7a11d04be683", NONE: undefined };

test.each([
  ["web wrote AUTH_SECRET", '{"message":"started","with":"9f2c7a11d04be683"}'],
  ["web wrote a card number", "paid by 4242 4242 4242 4242"],
  ["web wrote a key of the payment service", "intent pi_1Abc_secret_9x"],
  ["web wrote a password", "typed four plumb words of mine"],
  ["web wrote a link that is a key", "GET /orders/MR-7K2Q9D?key=Tv_q5idlo1DWqVJabc"],
  ["web wrote a session", "cookie: session=eyJhbGciOiJkaXIiLCJlbmMi"],
  ["web wrote an address of a database with its password", "postgres://shop:hush@db/shop"],
  ["web wrote somebody's e-mail address", "params: ada@example.com"],
])("%s", (said, line) => {
  const found = leaksOf([`web ${line}`, `web ${line}`], SECRETS);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(said);
});

test("what the shop's own log says passes", () => {
  const lines = [
    'web {"time":"2026-11-29T07:00:00.000Z","level":"error","message":"a request failed","path":"/orders/MR-7K2Q9D","request":"9d7b5a0a9e08"}',
    'worker {"url":"postgres://shop:[redacted]@db/shop","link":"/reset-password?token=[redacted]","order":"8c0f2f4e-4242-4242-8242-424242424242"}',
  ];
  expect(leaksOf(lines, SECRETS)).toEqual([]);
});

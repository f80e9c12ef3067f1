import { expect, test } from "vitest";
import { reasonsNotToStart } from "./start-checks";

const secret = (seed: string) => Buffer.from(`${seed}:Zk7Qw9Lm2Xp4Rt6Vb8Nc`).toString("hex").slice(0, 48);

const safe = {
  SITE_URL: "https://shop.moire.test-shop.de",
  DATABASE_URL: "postgres://shop:x@db/shop",
  AUTH_SECRET: secret("a9"),
  INTERNAL_SECRET: secret("b7"),
  STRIPE_SECRET_KEY: "sk_live_51abc",
  STRIPE_PUBLISHABLE_KEY: "pk_live_51abc",
  STRIPE_WEBHOOK_SECRET: "whsec_51abc",
};

test("a shop with everything in order starts", () => {
  expect(reasonsNotToStart(safe)).toEqual([]);
});

test.each<[string, Record<string, string>, RegExp]>([
  ["no database", { DATABASE_URL: "" }, /^DATABASE_URL is not set/],
  ["no secret", { AUTH_SECRET: "" }, /^AUTH_SECRET is not set/],
  ["no internal secret", { INTERNAL_SECRET: "" }, /^INTERNAL_SECRET is not set/],
  ["a short secret", { AUTH_SECRET: "zk7qw9lm2x" }, /AUTH_SECRET must have at least 32 characters/],
  ["a secret of an example", { AUTH_SECRET: `change-me-${secret("c")}` }, /^AUTH_SECRET can be guessed/],
  ["one letter", { INTERNAL_SECRET: "a".repeat(40) }, /^INTERNAL_SECRET can be guessed/],
  ["a token of habit", { METRICS_TOKEN: "prometheus-password" }, /^METRICS_TOKEN can be guessed/],
  ["one secret twice", { INTERNAL_SECRET: safe.AUTH_SECRET }, /are the same/],
  [
    "the sandbox in public",
    {
      SANDBOX_URL: "http://127.0.0.1:3901",
      STRIPE_SECRET_KEY: "sk_test_1",
      STRIPE_PUBLISHABLE_KEY: "pk_test_1",
    },
    /would go to the sandbox/,
  ],
  [
    "no keys in public",
    { STRIPE_SECRET_KEY: "", STRIPE_PUBLISHABLE_KEY: "", STRIPE_WEBHOOK_SECRET: "" },
    /would go to the sandbox/,
  ],
  ["half a set of keys", { STRIPE_WEBHOOK_SECRET: "" }, /STRIPE_WEBHOOK_SECRET is not: set all three/],
  ["test and live mixed", { STRIPE_PUBLISHABLE_KEY: "pk_test_51abc" }, /not of the same mode/],
  [
    "the secret key shown to browsers",
    { STRIPE_PUBLISHABLE_KEY: "sk_live_51abc" },
    /does not begin with pk_/,
  ],
  ["no secret key", { STRIPE_SECRET_KEY: "pk_live_51abc" }, /does not begin with sk_/],
  ["no signing secret", { STRIPE_WEBHOOK_SECRET: "we_1" }, /does not begin with whsec_/],
  [
    "live keys into the sandbox",
    { SANDBOX_URL: "http://127.0.0.1:3901", ALLOW_SANDBOX: "1" },
    /SANDBOX_URL is set together with live/,
  ],
  ["the demo in public", { DEMO: "on" }, /^DEMO=on would fill/],
  ["http in public", { SITE_URL: "http://shop.example" }, /^SITE_URL is not https/],
])("%s: one sentence", (_name, change, sentence) => {
  const reasons = reasonsNotToStart({ ...safe, ...change });
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(sentence);
  expect(reasons[0]).not.toContain(safe.AUTH_SECRET);
});

test("on this machine plain http, the sandbox and any secret will do", () => {
  const local = {
    DATABASE_URL: safe.DATABASE_URL,
    AUTH_SECRET: "a".repeat(32),
    INTERNAL_SECRET: "b".repeat(32),
  };
  expect(reasonsNotToStart(local)).toEqual([]);
});

test("instances that share their pages share the key of their forms", () => {
  const shared = { ...safe, REDIS_URL: "redis://redis.internal:6379" };
  expect(reasonsNotToStart(shared)[0]).toMatch(/^NEXT_SERVER_ACTIONS_ENCRYPTION_KEY is not set/);
  const key = Buffer.alloc(32, 7).toString("base64");
  expect(reasonsNotToStart({ ...shared, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key })).toEqual([]);
});

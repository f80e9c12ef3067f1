import { expect, test } from "vitest";
import { findings } from "./migration-lint";

test.each<[string, string]>([
  ["index", `CREATE INDEX "orders_x_idx" ON "orders" USING btree ("x");`],
  ["index", `CREATE UNIQUE INDEX CONCURRENTLY x ON public.orders (x);`],
  ["not-null", `ALTER TABLE "orders" ADD COLUMN "gift" boolean NOT NULL;`],
  ["set-not-null", `ALTER TABLE "orders" ALTER COLUMN "gift" SET NOT NULL;`],
  ["rewrite", `ALTER TABLE "orders" ALTER COLUMN "total" SET DATA TYPE numeric;`],
  ["rewrite", `ALTER TABLE "orders" ADD COLUMN "x" text GENERATED ALWAYS AS (lower(email)) STORED;`],
  ["rewrite", `ALTER TABLE "orders" ADD COLUMN "x" uuid DEFAULT gen_random_uuid();`],
  ["gone", `ALTER TABLE "orders" DROP COLUMN "gift";`],
  ["gone", `DROP TABLE IF EXISTS "orders" CASCADE;`],
  ["renamed", `ALTER TABLE "orders" RENAME COLUMN "gift" TO "present";`],
  ["renamed", `ALTER TABLE "orders" RENAME TO "purchases";`],
  ["constraint", `ALTER TABLE "orders" ADD CONSTRAINT "x" CHECK (total > 0);`],
  ["constraint", `ALTER TABLE "orders" ADD CONSTRAINT "x" FOREIGN KEY ("a") REFERENCES "public"."b"("id");`],
  ["constraint", `ALTER TABLE "orders" ADD CONSTRAINT "x" UNIQUE ("a");`],
  ["backfill", `UPDATE orders SET gift = false;`],
  ["patience", `SET LOCAL lock_timeout = 0;`],
])("%s: %s", (rule, sql) => {
  const found = findings(sql);
  expect(found.map((one) => one.rule)).toContain(rule);
  expect(found[0]?.sentence).toMatch(/: /);
});

test("what is safe passes", () => {
  const safe = [
    `ALTER TABLE "orders" ADD COLUMN "gift" boolean DEFAULT false NOT NULL;`,
    `ALTER TABLE "orders" ADD COLUMN "note" text;`,
    `ALTER TABLE "orders" ADD CONSTRAINT "x" CHECK (total > 0) NOT VALID;`,
    `ALTER TABLE "orders" VALIDATE CONSTRAINT "x";`,
    `COMMENT ON COLUMN "orders"."gift" IS 'drop column';`,
    `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE orders SET x = 1; DROP TABLE y; END $$;`,
  ];
  expect(findings(safe.join("--> statement-breakpoint\n"))).toEqual([]);
});

test("an index that is built ahead passes, by its name; never CONCURRENTLY in a migration", () => {
  const ahead = "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_x_idx ON orders (x);";
  expect(findings(`CREATE INDEX IF NOT EXISTS "orders_x_idx" ON orders (x);`, ahead)).toEqual([]);
  expect(findings(`CREATE INDEX IF NOT EXISTS "orders_y_idx" ON orders (y);`, ahead)).toHaveLength(1);
  expect(findings(ahead, ahead)).toHaveLength(1);
});

test("a table of the same migration is empty: anything may be done to it", () => {
  const sql = `CREATE TABLE "gifts" ("id" uuid);--> statement-breakpoint
CREATE INDEX "gifts_idx" ON "gifts" ("id");--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "c" FOREIGN KEY ("id") REFERENCES "orders"("id");`;
  expect(findings(sql)).toEqual([]);
});

test("an exception names its rule and a reason, and holds for its statement alone", () => {
  const index = `CREATE INDEX x ON settings (x);`;
  expect(findings(`-- fine index: settings has one row\n${index}`)).toEqual([]);
  expect(findings(`-- fine index: small\n${index}`)).toHaveLength(1);
  expect(findings(`-- fine gone: settings has one row\n${index}`)).toHaveLength(1);
  expect(
    findings(`-- fine index: settings has one row\n${index}--> statement-breakpoint\n${index}`),
  ).toHaveLength(1);
});

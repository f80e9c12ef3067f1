-- fine backfill: a shop has a handful of memberships
-- Two of one name, from two who saved at once: the later ones are told apart, and an admin names them anew.
UPDATE "membership_tiers" t SET "name" = left(t."name", 50) || ' (' || right(t."id"::text, 6) || ')'
WHERE EXISTS (SELECT FROM "membership_tiers" o WHERE lower(o."name") = lower(t."name") AND o."id" < t."id");
--> statement-breakpoint
-- fine index: a shop has a handful of memberships, and nobody waits for them
CREATE UNIQUE INDEX "membership_tiers_name_key" ON "membership_tiers" USING btree (lower("name"));

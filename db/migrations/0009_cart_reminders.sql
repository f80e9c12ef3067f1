-- Whose mailbox an address is, for limits per customer: case and what stands behind a "+" make no other person, nor do
-- dots where Google delivers. An address without "@" is compared as it is.
CREATE FUNCTION mailbox_of(email text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT CASE
      WHEN domain IS NULL THEN lower(btrim(email))
      WHEN domain IN ('gmail.com', 'googlemail.com') THEN replace(plain, '.', '') || '@gmail.com'
      ELSE plain || '@' || domain END
  FROM (
    SELECT COALESCE(NULLIF(split_part(local, '+', 1), ''), local) AS plain, domain
    FROM (SELECT regexp_replace(lower(btrim(email)), '@[^@]*$', '') AS local,
      substring(lower(btrim(email)) from '@([^@]*)$') AS domain) parts
  ) cut
);--> statement-breakpoint
DROP INDEX "discount_redemptions_customer_idx";--> statement-breakpoint
CREATE INDEX "carts_reminder_idx" ON "carts" USING btree ("updated_at") WHERE "carts"."status" = 'active' AND "carts"."reminder_consent_at" IS NOT NULL AND "carts"."reminded_at" IS NULL;--> statement-breakpoint
CREATE INDEX "discount_redemptions_customer_idx" ON "discount_redemptions" USING btree ("discount_id",mailbox_of("email"));
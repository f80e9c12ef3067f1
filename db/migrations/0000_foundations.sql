-- Extensions of the schema, the text search configuration of the catalogue, and the shop's clock.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION shop (COPY = english);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION shop ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
--> statement-breakpoint
-- The one clock of the shop. A session may set shop.clock, so that demo data is made in the past by the same services.
CREATE FUNCTION shop_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT COALESCE(NULLIF(current_setting('shop.clock', true), '')::timestamptz, now()) $$;

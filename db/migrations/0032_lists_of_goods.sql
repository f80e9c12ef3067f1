CREATE INDEX IF NOT EXISTS "products_created_idx" ON "products" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "products_name_idx" ON "products" USING btree (lower("name"),"id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "products_search_idx" ON "products" USING gin (lower("name") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "variants_search_idx" ON "variants" USING gin (lower("sku") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "inventory_spread_idx" ON "inventory" USING btree ("variant_id") WHERE buckets > 1;
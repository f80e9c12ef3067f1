-- Indexes that an upgrade builds beforehand, without holding anybody up: `npm run db:ahead` (docs/upgrade.md).
-- CREATE INDEX CONCURRENTLY IF NOT EXISTS alone; the migration says the same without CONCURRENTLY, for new shops.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "order_lines_refunded_idx" ON "order_lines" USING btree ("owner_id","order_id") WHERE "order_lines"."refunded_amount" > 0;
CREATE INDEX CONCURRENTLY IF NOT EXISTS "refunds_created_idx" ON "refunds" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX CONCURRENTLY IF NOT EXISTS "refunds_failed_idx" ON "refunds" USING btree ("created_at") WHERE "refunds"."status" = 'failed';
CREATE INDEX CONCURRENTLY IF NOT EXISTS "products_created_idx" ON "products" USING btree ("created_at","id");
CREATE INDEX CONCURRENTLY IF NOT EXISTS "products_name_idx" ON "products" USING btree (lower("name"),"id");
CREATE INDEX CONCURRENTLY IF NOT EXISTS "products_search_idx" ON "products" USING gin (lower("name") gin_trgm_ops);
CREATE INDEX CONCURRENTLY IF NOT EXISTS "variants_search_idx" ON "variants" USING gin (lower("sku") gin_trgm_ops);
CREATE INDEX CONCURRENTLY IF NOT EXISTS "inventory_spread_idx" ON "inventory" USING btree ("variant_id") WHERE buckets > 1;

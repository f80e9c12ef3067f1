DROP INDEX "orders_email_idx";--> statement-breakpoint
CREATE INDEX "stock_movements_sold_idx" ON "stock_movements" USING btree ("created_at") WHERE "stock_movements"."kind" IN ('sale', 'return');--> statement-breakpoint
CREATE INDEX "order_addresses_search_idx" ON "order_addresses" USING gin (lower("name") gin_trgm_ops,regexp_replace("phone", '\D', '', 'g') gin_trgm_ops) WHERE "order_addresses"."kind" = 'shipping';--> statement-breakpoint
CREATE INDEX "orders_total_idx" ON "orders" USING btree ("total" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "orders_refunded_idx" ON "orders" USING btree ("placed_at" DESC NULLS FIRST,"id") WHERE "orders"."refunded" > 0;--> statement-breakpoint
CREATE INDEX "orders_uncaptured_idx" ON "orders" USING btree ("placed_at" DESC NULLS FIRST,"id") WHERE "orders"."captured" = 0 AND "orders"."status" <> 'cancelled';--> statement-breakpoint
CREATE INDEX "orders_waiting_idx" ON "orders" USING btree ("placed_at" DESC NULLS FIRST,"id") WHERE "orders"."status" IN ('confirmed', 'processing');--> statement-breakpoint
CREATE INDEX "orders_disputed_idx" ON "orders" USING btree ("placed_at" DESC NULLS FIRST,"id") WHERE "orders"."is_disputed";--> statement-breakpoint
CREATE INDEX "orders_search_idx" ON "orders" USING gin (lower("number") gin_trgm_ops,lower("email") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "orders_email_idx" ON "orders" USING btree (lower("email"),"confirmed_at");
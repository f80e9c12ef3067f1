-- The list of refunds: the newest of all, and those that failed, which the home counts.
CREATE INDEX IF NOT EXISTS "refunds_created_idx" ON "refunds" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "refunds_failed_idx" ON "refunds" USING btree ("created_at") WHERE "refunds"."status" = 'failed';--> statement-breakpoint
-- Planned once a connection instead of at each order.
CREATE OR REPLACE FUNCTION keep_owner_orders(of_order uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO owner_orders (order_id, owner_id, placed_at, status, part, country, total)
    SELECT p.order_id, p.owner_id, p.placed_at, p.status, p.part, p.country, p.total FROM owner_order_parts p WHERE p.order_id = of_order
    ON CONFLICT (order_id, owner_id) DO NOTHING;
END $$;

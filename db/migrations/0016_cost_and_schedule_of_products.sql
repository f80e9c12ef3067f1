ALTER TABLE "products" ADD COLUMN "unpublish_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "variants" ADD COLUMN "cost" bigint;--> statement-breakpoint
CREATE INDEX "products_due_idx" ON "products" USING btree (least("publish_at", "unpublish_at")) WHERE "products"."publish_at" IS NOT NULL OR "products"."unpublish_at" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_schedule_order" CHECK ("products"."unpublish_at" > "products"."publish_at");--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_cost_positive" CHECK ("variants"."cost" >= 0);--> statement-breakpoint
COMMENT ON COLUMN "variants"."cost" IS 'minor units of the currency';

ALTER TABLE "inventory" DROP CONSTRAINT "inventory_bucket";--> statement-breakpoint
ALTER TABLE "inventory" ADD COLUMN "buckets" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "inventory" ADD CONSTRAINT "inventory_buckets" CHECK ("inventory"."buckets" >= 1 AND "inventory"."buckets" <= 64);--> statement-breakpoint
ALTER TABLE "inventory" ADD CONSTRAINT "inventory_backorder_room" CHECK (NOT "inventory"."backorder" OR "inventory"."backorder_limit" IS NULL OR "inventory"."on_hand" - "inventory"."reserved" >= -"inventory"."backorder_limit");--> statement-breakpoint
ALTER TABLE "inventory" ADD CONSTRAINT "inventory_bucket" CHECK ("inventory"."bucket" >= 0 AND "inventory"."bucket" < 64);--> statement-breakpoint
COMMENT ON COLUMN inventory.buckets IS 'rows that the variant is spread over';

ALTER TABLE "cart_items" ADD COLUMN "poured" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_merged_into_carts_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."carts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "carts_merged_into_idx" ON "carts" USING btree ("merged_into");--> statement-breakpoint
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_poured" CHECK ("cart_items"."poured" BETWEEN 0 AND "cart_items"."quantity");
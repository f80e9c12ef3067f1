-- Orders of the shop that somebody moved in from: history to read, outside books, stock and payouts.
CREATE TABLE "former_order_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"sku" text,
	"quantity" integer NOT NULL,
	"price" bigint NOT NULL,
	"discount" bigint NOT NULL,
	"variant_id" uuid,
	CONSTRAINT "former_order_lines_position_key" UNIQUE("order_id","position"),
	CONSTRAINT "former_order_lines_amounts" CHECK ("former_order_lines"."quantity" >= 0 AND "former_order_lines"."price" >= 0 AND "former_order_lines"."discount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "former_orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"import_id" uuid,
	"source" text NOT NULL,
	"external_id" text,
	"number" text NOT NULL,
	"email" text,
	"placed_at" timestamp with time zone NOT NULL,
	"currency" text NOT NULL,
	"subtotal" bigint NOT NULL,
	"shipping" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"discount" bigint NOT NULL,
	"total" bigint NOT NULL,
	"refunded" bigint NOT NULL,
	"financial_status" text NOT NULL,
	"fulfilment_status" text NOT NULL,
	"discount_code" text,
	"shipping_method" text,
	"cancelled_at" timestamp with time zone,
	"address" jsonb,
	"note" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"erased_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	CONSTRAINT "former_orders_number_present" CHECK (length(trim("former_orders"."number")) BETWEEN 1 AND 100),
	CONSTRAINT "former_orders_email_form" CHECK ("former_orders"."email" = lower("former_orders"."email") AND "former_orders"."email" LIKE '%_@_%'),
	CONSTRAINT "former_orders_currency_form" CHECK ("former_orders"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "former_orders_amounts" CHECK ("former_orders"."subtotal" >= 0 AND "former_orders"."shipping" >= 0 AND "former_orders"."tax" >= 0 AND "former_orders"."discount" >= 0 AND "former_orders"."total" >= 0 AND "former_orders"."refunded" >= 0),
	CONSTRAINT "former_orders_erased" CHECK ("former_orders"."erased_at" IS NULL OR ("former_orders"."email" IS NULL AND "former_orders"."note" IS NULL))
);
--> statement-breakpoint
ALTER TABLE "former_order_lines" ADD CONSTRAINT "former_order_lines_order_id_former_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."former_orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_order_lines" ADD CONSTRAINT "former_order_lines_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_orders" ADD CONSTRAINT "former_orders_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_order_lines_variant_idx" ON "former_order_lines" USING btree ("variant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "former_orders_external_key" ON "former_orders" USING btree ("source","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "former_orders_number_key" ON "former_orders" USING btree ("source","number") WHERE "former_orders"."external_id" IS NULL;--> statement-breakpoint
CREATE INDEX "former_orders_same_number_idx" ON "former_orders" USING btree ("number");--> statement-breakpoint
CREATE INDEX "former_orders_email_idx" ON "former_orders" USING btree ("email","placed_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "former_orders_placed_idx" ON "former_orders" USING btree ("placed_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "former_orders_import_idx" ON "former_orders" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "former_orders_search_idx" ON "former_orders" USING gin (lower("number") gin_trgm_ops,lower("email") gin_trgm_ops,lower("address" ->> 'name') gin_trgm_ops);--> statement-breakpoint
COMMENT ON COLUMN "former_orders"."subtotal" IS 'minor units of the currency that the order is in, discounts taken off';--> statement-breakpoint
COMMENT ON COLUMN "former_orders"."shipping" IS 'minor units of the currency that the order is in';--> statement-breakpoint
COMMENT ON COLUMN "former_orders"."tax" IS 'minor units of the currency that the order is in';--> statement-breakpoint
COMMENT ON COLUMN "former_orders"."discount" IS 'minor units of the currency that the order is in';--> statement-breakpoint
COMMENT ON COLUMN "former_orders"."total" IS 'minor units of the currency that the order is in';--> statement-breakpoint
COMMENT ON COLUMN "former_orders"."refunded" IS 'minor units of the currency that the order is in';--> statement-breakpoint
COMMENT ON COLUMN "former_order_lines"."price" IS 'a piece, minor units of the currency that the order is in';--> statement-breakpoint
COMMENT ON COLUMN "former_order_lines"."discount" IS 'off the whole line, minor units of the currency that the order is in';

CREATE TYPE "public"."invoice_kind" AS ENUM('invoice', 'credit_note');--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "invoice_kind" NOT NULL,
	"seq" integer NOT NULL,
	"number" text NOT NULL,
	"order_id" uuid NOT NULL,
	"refund_id" uuid,
	"amount" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"currency" text NOT NULL,
	"seller" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	CONSTRAINT "invoices_number_unique" UNIQUE("number"),
	CONSTRAINT "invoices_refundId_unique" UNIQUE("refund_id"),
	CONSTRAINT "invoices_seq_key" UNIQUE("kind","seq"),
	CONSTRAINT "invoices_seq" CHECK ("invoices"."seq" > 0),
	CONSTRAINT "invoices_refund" CHECK ("invoices"."kind" = 'credit_note' OR "invoices"."refund_id" IS NULL),
	CONSTRAINT "invoices_amount" CHECK ("invoices"."amount" >= 0 AND "invoices"."tax" BETWEEN 0 AND "invoices"."amount")
);
--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "time_zone" text DEFAULT 'Europe/Berlin' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "legal_name" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "seller_address" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "tax_number" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invoices_order_idx" ON "invoices" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_order_key" ON "invoices" USING btree ("order_id","kind") WHERE "invoices"."refund_id" IS NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_time_zone" CHECK ("settings"."time_zone" ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$');--> statement-breakpoint
CREATE TRIGGER invoices_append_only BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER invoices_no_truncate BEFORE TRUNCATE ON invoices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
COMMENT ON COLUMN invoices.amount IS 'minor units of the currency';
--> statement-breakpoint
COMMENT ON COLUMN invoices.tax IS 'minor units of the currency';

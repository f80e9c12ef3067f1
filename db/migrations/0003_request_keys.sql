CREATE TABLE "request_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"result" jsonb,
	"created_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	CONSTRAINT "request_keys_scope_key_pk" PRIMARY KEY("scope","key"),
	CONSTRAINT "request_keys_length" CHECK (length("request_keys"."key") BETWEEN 8 AND 100)
);
--> statement-breakpoint
ALTER TABLE "order_lines" DROP CONSTRAINT "order_lines_shipped";--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "cancelled_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "request_keys_created_idx" ON "request_keys" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_shipped" CHECK ("order_lines"."shipped_quantity" >= 0 AND "order_lines"."cancelled_quantity" >= 0 AND "order_lines"."shipped_quantity" + "order_lines"."cancelled_quantity" <= "order_lines"."quantity");--> statement-breakpoint
DROP TRIGGER order_lines_frozen ON order_lines;
--> statement-breakpoint
CREATE TRIGGER order_lines_frozen BEFORE UPDATE ON order_lines FOR EACH ROW
  EXECUTE FUNCTION refuse_other_changes('product_id', 'shipped_quantity', 'refunded_quantity', 'refunded_amount', 'returned_quantity', 'cancelled_quantity');
--> statement-breakpoint
COMMENT ON COLUMN order_lines.cancelled_quantity IS 'items taken off before they were shipped';

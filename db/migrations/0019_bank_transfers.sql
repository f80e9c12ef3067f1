ALTER TABLE "checkouts" DROP CONSTRAINT "checkouts_method";--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_method";--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "bank_details" text;--> statement-breakpoint
ALTER TABLE "checkouts" ADD CONSTRAINT "checkouts_method" CHECK ("checkouts"."payment_method" IN ('card', 'cash_on_delivery', 'bank_transfer', 'none'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_method" CHECK ("orders"."payment_method" IN ('card', 'cash_on_delivery', 'bank_transfer', 'none'));
CREATE TABLE "product_days" (
	"time_zone" text NOT NULL,
	"day" date NOT NULL,
	"product_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"units" integer NOT NULL,
	"sales" bigint NOT NULL,
	CONSTRAINT "product_days_time_zone_day_product_id_currency_pk" PRIMARY KEY("time_zone","day","product_id","currency")
);
--> statement-breakpoint
CREATE TABLE "sales_days" (
	"time_zone" text NOT NULL,
	"day" date NOT NULL,
	"scope" text NOT NULL,
	"currency" text NOT NULL,
	"sales" bigint NOT NULL,
	"orders" integer NOT NULL,
	"repeats" integer NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "sales_days_time_zone_day_scope_currency_pk" PRIMARY KEY("time_zone","day","scope","currency")
);
--> statement-breakpoint
CREATE INDEX "carts_created_idx" ON "carts" USING btree ("created_at");--> statement-breakpoint
COMMENT ON COLUMN "sales_days"."sales" IS 'minor units of the currency';
--> statement-breakpoint
COMMENT ON COLUMN "product_days"."sales" IS 'minor units of the currency';

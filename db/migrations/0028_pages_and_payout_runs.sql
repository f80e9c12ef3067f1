CREATE TABLE "content_pages" (
	"slug" text PRIMARY KEY NOT NULL,
	"title" text,
	"summary" text,
	"body" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	CONSTRAINT "content_pages_slug" CHECK ("content_pages"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("content_pages"."slug") <= 100),
	CONSTRAINT "content_pages_whole" CHECK (num_nulls("content_pages"."title", "content_pages"."summary", "content_pages"."body") IN (0, 3))
);
--> statement-breakpoint
CREATE TABLE "payout_runs" (
	"run_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"payout_id" uuid,
	"refusal" text,
	"created_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	CONSTRAINT "payout_runs_run_id_owner_id_pk" PRIMARY KEY("run_id","owner_id"),
	CONSTRAINT "payout_runs_payout_key" UNIQUE("payout_id"),
	CONSTRAINT "payout_runs_outcome" CHECK (num_nonnulls("payout_runs"."payout_id", "payout_runs"."refusal") = 1),
	CONSTRAINT "payout_runs_refusal" CHECK ("payout_runs"."refusal" IN ('nothing_due', 'in_debt', 'blocked', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "payout_runs" ADD CONSTRAINT "payout_runs_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_runs" ADD CONSTRAINT "payout_runs_payout_id_payouts_id_fk" FOREIGN KEY ("payout_id") REFERENCES "public"."payouts"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payout_runs_owner_idx" ON "payout_runs" USING btree ("owner_id");
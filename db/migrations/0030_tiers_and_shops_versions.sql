ALTER TABLE "membership_tiers" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "owners" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;
ALTER TABLE "sessions" ADD COLUMN "factor_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "staff_second_factor" boolean DEFAULT false NOT NULL;
ALTER TABLE "settings" ADD COLUMN "tagline" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "home_statement" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "home_text" text;
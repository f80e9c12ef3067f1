ALTER TYPE "public"."import_status" ADD VALUE 'waiting';--> statement-breakpoint
ALTER TYPE "public"."import_status" ADD VALUE 'checking';--> statement-breakpoint
ALTER TYPE "public"."import_status" ADD VALUE 'checked';--> statement-breakpoint
ALTER TYPE "public"."import_status" ADD VALUE 'undoing';--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_rows";--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "lines" text;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "undo" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "groups_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "mapping" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "options" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "message" text;--> statement-breakpoint
CREATE INDEX "import_rows_undone_idx" ON "import_rows" USING btree (("before" ->> 'productId')) WHERE "import_rows"."undo" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_rows" CHECK ("imports"."groups_done" >= 0 AND "imports"."rows_done" >= 0 AND "imports"."rows_failed" >= 0 AND "imports"."rows_total" >= 0);
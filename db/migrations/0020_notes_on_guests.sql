CREATE TABLE "guest_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"note" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT shop_now() NOT NULL,
	CONSTRAINT "guest_notes_email_unique" UNIQUE("email"),
	CONSTRAINT "guest_notes_email_form" CHECK ("guest_notes"."email" = lower("guest_notes"."email") AND "guest_notes"."email" ~ '^[^@\s]+@[^@\s]+$')
);

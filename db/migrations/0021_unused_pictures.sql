CREATE TABLE "unused_pictures" (
	"key" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT shop_now() NOT NULL
);

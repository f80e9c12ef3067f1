CREATE TABLE "import_files" (
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "import_files_import_id_position_pk" PRIMARY KEY("import_id","position"),
	CONSTRAINT "import_files_position" CHECK ("import_files"."position" >= 0)
);
--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;
CREATE TABLE "policies" (
	"id" text PRIMARY KEY NOT NULL,
	"tenancy_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"statements" jsonb NOT NULL,
	"version_date" text,
	"is_protected" boolean DEFAULT false NOT NULL,
	"freeform_tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"defined_tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policies_name_key" UNIQUE("tenancy_id","name_key")
);
--> statement-breakpoint
ALTER TABLE "tenancies" ADD COLUMN "policies_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_tenancy_id_tenancies_id_fk" FOREIGN KEY ("tenancy_id") REFERENCES "public"."tenancies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "policies_by_time" ON "policies" USING btree ("tenancy_id","created_at","id");
CREATE TABLE "master_key" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"current_id" text NOT NULL,
	"previous_id" text,
	"sealed_root_key" text NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"rotated_at" timestamp (3) with time zone,
	CONSTRAINT "master_key_is_only" CHECK ("master_key"."is_only")
);
--> statement-breakpoint
CREATE TABLE "servers" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"master_key_ids" text[] NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "servers_by_seen" ON "servers" USING btree ("seen_at");
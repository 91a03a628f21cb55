CREATE TABLE "limit_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by_name" text,
	CONSTRAINT "limit_requests_state" CHECK ("limit_requests"."state" in ('open', 'granted', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "user_limits" (
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"most" integer NOT NULL,
	CONSTRAINT "user_limits_user_id_kind_pk" PRIMARY KEY("user_id","kind"),
	CONSTRAINT "user_limits_most" CHECK ("user_limits"."most" > 0)
);
--> statement-breakpoint
ALTER TABLE "limit_requests" ADD CONSTRAINT "limit_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_limits" ADD CONSTRAINT "user_limits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "limit_requests_open" ON "limit_requests" USING btree ("user_id","kind") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "limit_requests_waiting" ON "limit_requests" USING btree ("created_at","id") WHERE state = 'open';
CREATE TABLE "audit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"actor_id" text,
	"actor_name" text,
	"via" text NOT NULL,
	"owner_id" text,
	"owner_name" text,
	"subject_type" text,
	"subject_id" text,
	"subject_name" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"address" text NOT NULL,
	"client" text NOT NULL,
	"request_id" text NOT NULL,
	"previous_hash" text,
	"hash" text,
	CONSTRAINT "audit_events_outcome" CHECK ("audit_events"."outcome" in ('done', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"public_id" text NOT NULL,
	"public_id_scope" text NOT NULL,
	"details" jsonb NOT NULL,
	"verifier" text,
	"sealed_secret" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text,
	"created_by_name" text,
	"expires_at" timestamp (3) with time zone,
	"disabled_at" timestamp (3) with time zone,
	"replaced_by_id" text,
	"retiring_until" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"last_used_address" text,
	"last_used_client" text,
	"ended_at" timestamp (3) with time zone,
	"ended_reason" text,
	"ended_by_name" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "credentials_scope" CHECK ("credentials"."public_id_scope" in ('owner', 'global')),
	CONSTRAINT "credentials_ended" CHECK (("credentials"."ended_at" is null) = ("credentials"."ended_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" text PRIMARY KEY NOT NULL,
	"tenancy_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"is_administrators" boolean DEFAULT false NOT NULL,
	"freeform_tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"defined_tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_name_key" UNIQUE("name_key")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"group_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_user_group" UNIQUE("user_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"template" text NOT NULL,
	"recipient" text NOT NULL,
	"user_id" text,
	"values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sealed_values" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"given_up_at" timestamp (3) with time zone,
	"last_problem" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "console_passwords" (
	"user_id" text NOT NULL,
	"slot" text NOT NULL,
	"verifier" text NOT NULL,
	"must_change" boolean NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "console_passwords_user_id_slot_pk" PRIMARY KEY("user_id","slot"),
	CONSTRAINT "console_passwords_slot" CHECK ("console_passwords"."slot" in ('main', 'temporary'))
);
--> statement-breakpoint
CREATE TABLE "password_counters" (
	"name_key" text PRIMARY KEY NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"leases" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "password_history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "password_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"verifier" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"bucket" text PRIMARY KEY NOT NULL,
	"window_ends_at" timestamp (3) with time zone NOT NULL,
	"used" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retry_tokens" (
	"caller_id" text NOT NULL,
	"operation" text NOT NULL,
	"token" text NOT NULL,
	"body_hash" text NOT NULL,
	"subject_type" text,
	"subject_id" text,
	"sealed_reply" text,
	"secret_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retry_tokens_caller_id_operation_token_pk" PRIMARY KEY("caller_id","operation","token")
);
--> statement-breakpoint
CREATE TABLE "seen_signatures" (
	"hash" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" text NOT NULL,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"proved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"address" text NOT NULL,
	"client" text NOT NULL,
	CONSTRAINT "sessions_token_hash" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tenancies" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"realm" text NOT NULL,
	"region" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenancies_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"tenancy_id" text NOT NULL,
	"kind" text DEFAULT 'local' NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"email" text,
	"email_key" text,
	"email_verified" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"blocked_at" timestamp (3) with time zone,
	"db_user_name" text,
	"db_user_name_key" text,
	"identity_provider_id" text,
	"external_identifier" text,
	"capabilities" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"freeform_tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"defined_tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_sign_in_at" timestamp (3) with time zone,
	"previous_sign_in_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text,
	CONSTRAINT "users_name_key" UNIQUE("name_key"),
	CONSTRAINT "users_email_key" UNIQUE("email_key"),
	CONSTRAINT "users_db_user_name_key" UNIQUE("db_user_name_key"),
	CONSTRAINT "users_kind" CHECK ("users"."kind" in ('local', 'federated', 'service')),
	CONSTRAINT "users_state" CHECK ("users"."state" in ('active', 'suspended'))
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_tenancy_id_tenancies_id_fk" FOREIGN KEY ("tenancy_id") REFERENCES "public"."tenancies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "console_passwords" ADD CONSTRAINT "console_passwords_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_history" ADD CONSTRAINT "password_history_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_tenancy_id_tenancies_id_fk" FOREIGN KEY ("tenancy_id") REFERENCES "public"."tenancies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_by_owner" ON "audit_events" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_unsealed" ON "audit_events" USING btree ("id") WHERE hash is null;--> statement-breakpoint
CREATE INDEX "credentials_by_owner" ON "credentials" USING btree ("owner_id","kind","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_public_id_of_owner" ON "credentials" USING btree ("owner_id","kind","public_id") WHERE ended_at is null and public_id_scope = 'owner';--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_public_id_anywhere" ON "credentials" USING btree ("kind","public_id") WHERE public_id_scope = 'global';--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_verifier" ON "credentials" USING btree ("verifier") WHERE verifier is not null and ended_at is null;--> statement-breakpoint
CREATE INDEX "groups_by_time" ON "groups" USING btree ("tenancy_id","created_at","id");--> statement-breakpoint
CREATE INDEX "memberships_by_group" ON "memberships" USING btree ("group_id","created_at","id");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("next_attempt_at") WHERE sent_at is null and given_up_at is null;--> statement-breakpoint
CREATE INDEX "mails_by_user" ON "mails" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "password_history_by_user" ON "password_history" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "rate_limits_by_end" ON "rate_limits" USING btree ("window_ends_at");--> statement-breakpoint
CREATE INDEX "retry_tokens_by_time" ON "retry_tokens" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "seen_signatures_by_time" ON "seen_signatures" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "sessions_by_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "users_by_time" ON "users" USING btree ("tenancy_id","created_at","id");--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("tenancy_id","name_key","id");
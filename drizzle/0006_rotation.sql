ALTER TABLE "credentials" ADD COLUMN "notice_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "replaced_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_one_retiring" ON "credentials" USING btree ("replaced_by_id") WHERE replaced_by_id is not null and ended_at is null;--> statement-breakpoint
CREATE INDEX "credentials_due" ON "credentials" USING btree (coalesce(retiring_until, expires_at)) WHERE ended_at is null and coalesce(retiring_until, expires_at) is not null;--> statement-breakpoint
CREATE INDEX "credentials_to_announce" ON "credentials" USING btree ("notice_at") WHERE ended_at is null and notice_at is not null;--> statement-breakpoint
CREATE INDEX "credentials_ended_since" ON "credentials" USING btree ("ended_at") WHERE ended_at is not null;
CREATE INDEX "credentials_by_age" ON "credentials" USING btree ("created_at","id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "credentials_never_used" ON "credentials" USING btree ("created_at","id") WHERE ended_at is null and last_used_at is null;--> statement-breakpoint
CREATE INDEX "users_blocked" ON "users" USING btree ("tenancy_id") WHERE blocked_at is not null;
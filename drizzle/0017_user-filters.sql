DROP INDEX "users_blocked";--> statement-breakpoint
CREATE INDEX "users_suspended" ON "users" USING btree ("tenancy_id","name_key","id") WHERE state = 'suspended';--> statement-breakpoint
CREATE INDEX "users_by_kind" ON "users" USING btree ("tenancy_id","kind","name_key","id");--> statement-breakpoint
CREATE INDEX "users_blocked" ON "users" USING btree ("tenancy_id","name_key","id") WHERE state = 'active' and blocked_at is not null;
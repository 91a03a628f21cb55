CREATE INDEX CONCURRENTLY "users_searched" ON "users" USING btree ("tenancy_id","id","name_key","email_key","db_user_name_key","kind","state","blocked_at","has_second_factor","invited_until");--> statement-breakpoint
DROP INDEX CONCURRENTLY "users_by_id";

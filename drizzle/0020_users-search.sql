DROP INDEX "users_by_name";--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("tenancy_id","name_key","id","email_key","db_user_name_key");
DROP INDEX "users_by_name";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "invited_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "audit_events_refusals" ON "audit_events" USING btree ("id") WHERE outcome = 'refused';--> statement-breakpoint
CREATE INDEX "users_by_id" ON "users" USING btree ("tenancy_id","id","name_key","email_key","db_user_name_key");--> statement-breakpoint
CREATE INDEX "users_without_second_factor_by_time" ON "users" USING btree ("tenancy_id","created_at","id") WHERE kind = 'local' and not has_second_factor;--> statement-breakpoint
CREATE INDEX "users_invited" ON "users" USING btree ("tenancy_id","name_key","id","invited_until") WHERE state = 'active' and invited_until is not null;--> statement-breakpoint
CREATE INDEX "users_by_external_identifier" ON "users" USING btree ("external_identifier") WHERE external_identifier is not null;--> statement-breakpoint
CREATE INDEX "users_by_identity_provider" ON "users" USING btree ("identity_provider_id","name_key","id") WHERE identity_provider_id is not null;--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("tenancy_id","name_key","id");--> statement-breakpoint
UPDATE "users" SET "invited_until" = i."expires_at" FROM "invitations" i WHERE i."user_id" = "users"."id";

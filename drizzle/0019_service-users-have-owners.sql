ALTER TABLE "users" ADD COLUMN "owner_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deputy_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_deputy_id_users_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_by_owner" ON "users" USING btree ("owner_id") WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX "users_by_deputy" ON "users" USING btree ("deputy_id") WHERE deputy_id is not null;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_owned" CHECK ("users"."kind" = 'service' or ("users"."owner_id" is null and "users"."deputy_id" is null));
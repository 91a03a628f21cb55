CREATE TABLE "database_user_names" (
	"name_key" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_db_user_name_key";--> statement-breakpoint
ALTER TABLE "database_user_names" ADD CONSTRAINT "database_user_names_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "database_user_names_by_user" ON "database_user_names" USING btree ("user_id");
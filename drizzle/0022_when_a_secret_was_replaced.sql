DROP INDEX "credentials_to_announce";--> statement-breakpoint
DROP INDEX "credentials_by_age";--> statement-breakpoint
DROP INDEX "credentials_never_used";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "secret_replaced_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "credentials_to_announce" ON "credentials" USING btree ("notice_at") WHERE ended_at is null and disabled_at is null and notice_at is not null;--> statement-breakpoint
CREATE INDEX "credentials_by_age" ON "credentials" USING btree (coalesce(secret_replaced_at, created_at),"id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "credentials_never_used" ON "credentials" USING btree (coalesce(secret_replaced_at, created_at),"id") WHERE ended_at is null and last_used_at is null;
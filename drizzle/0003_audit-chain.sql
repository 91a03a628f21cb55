CREATE TABLE "audit_checkpoints" (
	"position" bigint NOT NULL,
	"purpose" text NOT NULL,
	"hash" text NOT NULL,
	"signature" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_checkpoints_position_purpose_pk" PRIMARY KEY("position","purpose"),
	CONSTRAINT "audit_checkpoints_purpose" CHECK ("audit_checkpoints"."purpose" in ('head', 'purge'))
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "position" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_events_position" ON "audit_events" USING btree ("position");
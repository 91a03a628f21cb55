CREATE OR REPLACE FUNCTION latchkey_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The sealer gives an event its place in the chain, once.
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_events' AND to_jsonb(OLD) -> 'hash' = 'null'::jsonb
     AND to_jsonb(NEW) - 'hash' - 'previous_hash' - 'position' = to_jsonb(OLD) - 'hash' - 'previous_hash' - 'position' THEN
    RETURN NEW;
  END IF;
  -- What has run out may go: never anything younger than 90 days, whatever the settings say.
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '90 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_no_change BEFORE UPDATE OR DELETE ON audit_checkpoints
  FOR EACH ROW EXECUTE FUNCTION latchkey_audit_append_only();--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_no_truncate BEFORE TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION latchkey_audit_append_only();--> statement-breakpoint
CREATE FUNCTION latchkey_purge_audit(upto bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM audit_events WHERE position <= upto AND at < now() - interval '90 days';
  DELETE FROM audit_checkpoints WHERE position < upto AND at < now() - interval '90 days';
$$;

INSERT INTO database_user_names (name_key, user_id) SELECT name_key, id FROM users;--> statement-breakpoint
CREATE FUNCTION latchkey_claim_database_user_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM database_user_names WHERE user_id = NEW.id;
  END IF;
  INSERT INTO database_user_names (name_key, user_id)
    SELECT DISTINCT name_key, NEW.id FROM unnest(ARRAY[NEW.name_key, NEW.db_user_name_key]) AS names (name_key)
    WHERE name_key IS NOT NULL;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER users_claim_new_names AFTER INSERT ON users
  FOR EACH ROW EXECUTE FUNCTION latchkey_claim_database_user_names();--> statement-breakpoint
CREATE TRIGGER users_claim_changed_names AFTER UPDATE OF name_key, db_user_name_key ON users
  FOR EACH ROW
  WHEN (OLD.name_key IS DISTINCT FROM NEW.name_key OR OLD.db_user_name_key IS DISTINCT FROM NEW.db_user_name_key)
  EXECUTE FUNCTION latchkey_claim_database_user_names();

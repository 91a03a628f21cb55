-- The search goes by the keys, which are in lower case already: comparing them as they are costs a tenth of `ilike`.
DO $$
BEGIN
  DROP INDEX IF EXISTS users_name_trigrams;
  DROP INDEX IF EXISTS users_email_trigrams;
  DROP INDEX IF EXISTS users_db_user_name_trigrams;
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    CREATE INDEX users_name_trigrams ON users USING gin (name_key gin_trgm_ops);
    CREATE INDEX users_email_trigrams ON users USING gin (email_key gin_trgm_ops);
    CREATE INDEX users_db_user_name_trigrams ON users USING gin (db_user_name_key gin_trgm_ops);
  END IF;
END
$$;

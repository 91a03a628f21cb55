-- Search by any part of a name at a million users. A database that does not offer the extension searches without it.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX users_name_trigrams ON users USING gin (name gin_trgm_ops);
  CREATE INDEX users_email_trigrams ON users USING gin (email gin_trgm_ops);
  CREATE INDEX users_db_user_name_trigrams ON users USING gin (db_user_name gin_trgm_ops);
EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported THEN
  RAISE NOTICE 'pg_trgm is not available: searching users by a part of the name will be slow';
END
$$;

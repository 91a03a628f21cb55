import type { Client } from "pg";

/**
 * Puts users numbered `from` to `to` straight into the tables: three credentials each, a console password, four events
 * in the audit log, a team or two. What a console shows of them looks lived in: a tenth are service users, some are blocked or suspended,
 * some credentials are old, unused or about to expire. Among the first thousand are enough of these to fill a page, so
 * that a page says the same at every size. Nobody can sign in as one of them.
 */
export async function seedUsers(
  client: Client,
  { from, to }: { from: number; to: number },
): Promise<void> {
  await client.query("begin");
  // No trigger and no foreign key is asked about rows that are right by construction; both cost more than the rows.
  await client.query("set local session_replication_role = replica");
  await client.query("set local statement_timeout = 0");
  await client.query("set local maintenance_work_mem = '1GB'");
  await client.query("lock table users, credentials, audit_events in exclusive mode");
  const indexes = await dropIndexes(client);
  await client.query(
    "create temp table seeded on commit drop as select n, 'ocid1.user.local..' || translate(md5(n::text) || substr(md5('u' || n), 1, 28), '0189', 'wxyz') as id from generate_series($1::int, $2::int) n",
    [from, to],
  );
  for (const statement of [...people, ...company, ...holdings, ...happenings])
    await client.query(statement);
  for (const definition of indexes) await client.query(definition);
  await client.query("commit");
  await client.query("vacuum analyze");
  // What has to be written is written now, not while it is measured.
  await client.query("checkpoint");
}

const tables = [
  "users",
  "database_user_names",
  "credentials",
  "console_passwords",
  "audit_events",
  "memberships",
  "invitations",
  "limit_requests",
];

/** Indexes that no constraint needs; answers with what makes them again. */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any($1::regclass[])
       and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

const first = `(array['ann','boris','carla','dmitri','eva','farid','greta','hugo','ines','jonas','kaya','liam','maria','nils','olga','pavel','quinn','rosa','sven','tara'])`;
const last = `(array['adler','bianchi','cohen','duarte','eriksen','fischer','garcia','haddad','ivanov','jensen','kowalski','lindgren','moreau','novak','okafor','petrov','quist','rossi','schmidt','tanaka'])`;
const name = `(${first}[1 + n % 20] || '.' || ${last}[1 + (n / 20) % 20] || '.' || n)`;
/** Spread over three years, in the order of the numbers only roughly: a hash decides. */
const since = `now() - make_interval(mins => (abs(hashint4(n)) % 1576800))`;

const fingerprint = `regexp_replace(md5('key' || n), '(..)(?!$)', '\\1:', 'g')`;
const smtpUserName = `md5('smtp' || n) || '@smtp.example.com'`;

const few = (part: number) => `((n <= 1000 and n % 15 = ${part}) or n % 1000 = ${part})`;

const people = [
  `insert into users (id, tenancy_id, kind, name, name_key, description, email, email_key, state, blocked_at,
     db_user_name, db_user_name_key, capabilities, has_second_factor, invited_until, last_sign_in_at,
     created_at)
   select s.id, t.id, case when n % 10 = 0 then 'service' else 'local' end, ${name}, ${name},
     'Department ' || n % 97, ${name} || '@example.com', ${name} || '@example.com',
     case when ${few(7)} then 'suspended' else 'active' end,
     case when ${few(3)} then now() - interval '1 day' end,
     case when n % 8 = 0 then 'db_' || n end, case when n % 8 = 0 then 'db_' || n end,
     '{}', n % 10 > 0 and not ${few(9)}, case when ${few(11)} then now() + interval '1 year' end,
     case when n % 3 > 0 then now() - make_interval(mins => n % 100000) end, ${since}
   from seeded s cross join (select id from tenancies limit 1) t`,
  `insert into database_user_names (name_key, user_id)
   select ${name}, id from seeded union all select 'db_' || n, id from seeded where n % 8 = 0`,
  `insert into console_passwords (user_id, slot, verifier, must_change)
   select id, 'main', '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', false
   from seeded where n % 10 > 0`,
];

/** Whom they belong to, and what waits for an administrator. The staff are a tenth of everybody. */
const company = [
  `insert into groups (id, tenancy_id, name, name_key)
   select 'ocid1.group.local..' || md5(g.name), t.id, g.name, g.name
   from (select 'staff' as name union all select 'team ' || k from generate_series(0, 9) k) g
     cross join (select id from tenancies limit 1) t on conflict do nothing`,
  `insert into memberships (id, user_id, group_id, created_at)
   select 'ocid1.groupmembership.local..' || md5(id || g.name), id, 'ocid1.group.local..' || md5(g.name), ${since}
   from seeded cross join lateral (select 'team ' || n % 10 as name union all select 'staff' where n % 10 = 1) g`,
  `insert into oauth_resources (id, tenancy_id, name, name_key, audience, scopes)
   select 'ocid1.oauthresource.local..' || md5(k::text), t.id, 'Service ' || k, 'service ' || k,
     'https://service-' || k || '.example.com', array['read', 'write', 'admin']
   from generate_series(1, 30) k cross join (select id from tenancies limit 1) t on conflict do nothing`,
  `insert into oauth_grants (resource_id, scope, group_id)
   select r.id, s.scope, g.id from oauth_resources r cross join unnest(r.scopes) s (scope) cross join groups g
   where g.name = 'staff' or (g.name like 'team %' and abs(hashtext(r.id || s.scope || g.id)) % 5 = 0)
   on conflict do nothing`,
  `insert into invitations (user_id, token_hash, email_key, expires_at)
   select id, md5('invited' || n), ${name} || '@example.com', now() + interval '1 year'
   from seeded where ${few(11)}`,
  `insert into limit_requests (id, user_id, kind, note, created_at)
   select 'ocid1.limitrequest.local..' || md5(id), id, 'auth_token', 'for the cluster', ${since}
   from seeded where ${few(13)}`,
];

const credential = (kind: string, values: { details: string; publicId: string; scope: string }) =>
  `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier, created_at, created_by,
     created_by_name, expires_at, last_used_at, last_used_address, last_used_client)
   select id || '${kind}', '${kind}', id, ${values.publicId}, '${values.scope}', ${values.details},
     ${kind === "api_key" ? "null" : `md5('${kind}' || n)`}, ${since}, id, ${name},
     case when n % 40 = 1 then now() + make_interval(days => 1 + n % 400) end,
     case when n % 4 > 0 then now() - make_interval(mins => n % 50000) end,
     case when n % 4 > 0 then '192.0.2.7' end, case when n % 4 > 0 then 'curl/8.0' end
   from seeded`;

const holdings = [
  credential("api_key", {
    details: `jsonb_build_object('name', 'laptop', 'publicKey', 'seeded', 'sha256', md5(n::text), 'bits', 3072)`,
    publicId: fingerprint,
    scope: "owner",
  }),
  credential("auth_token", {
    details: `jsonb_build_object('description', 'nightly backup')`,
    publicId: `id || 'auth_token'`,
    scope: "owner",
  }),
  credential("smtp_credential", {
    details: `jsonb_build_object('description', 'newsletter')`,
    publicId: smtpUserName,
    scope: "global",
  }),
];

/** Sealed with hashes that nobody verifies: the sealer goes on where these end. */
const happenings = [
  `insert into audit_events (at, action, outcome, actor_id, actor_name, via, owner_id, owner_name, subject_type,
     subject_id, subject_name, details, address, client, request_id, position, previous_hash, hash)
   select now() - make_interval(secs => (m.most - n) * 2592000.0 / m.most + part), act, 'done', id, ${name}, 'session',
     id, ${name}, case when kind > '' then 'credential' end, case when kind > '' then id || kind end,
     case kind when 'api_key' then 'laptop' when 'auth_token' then 'nightly backup'
       when 'smtp_credential' then 'newsletter' end,
     case kind when '' then '{}' else jsonb_build_object('kind', kind, 'publicId', case kind
       when 'api_key' then ${fingerprint} when 'auth_token' then id || kind else ${smtpUserName} end) end,
     '192.0.2.7', 'curl/8.0', md5(n::text),
     head + row_number() over (order by n, part desc), md5(n::text), md5(n::text)
   from seeded cross join (values (3, 'issueCredential', 'api_key'), (2, 'issueCredential', 'auth_token'),
       (1, 'issueCredential', 'smtp_credential'), (0, 'signIn', '')) as acts (part, act, kind)
     cross join (select coalesce(max(position), 0) as head from audit_events) h
     cross join (select max(n) as most from seeded) m
   order by n, part desc`,
  `insert into audit_events (at, action, outcome, reason, actor_id, actor_name, via, owner_id, owner_name, address, client,
     request_id, position, previous_hash, hash)
   select now() - make_interval(secs => (m.most - n) * 2592000.0 / m.most + 1), 'revokeCredential', 'refused',
     'not_found', id, ${name}, 'session', id, ${name}, '192.0.2.7', 'curl/8.0', md5(n::text),
     head + row_number() over (order by n), md5(n::text), md5(n::text)
   from seeded cross join (select coalesce(max(position), 0) as head from audit_events) h
     cross join (select max(n) as most from seeded) m
   where ${few(5)} order by n`,
];

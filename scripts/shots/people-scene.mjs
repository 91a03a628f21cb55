/** As long as names may be, and longer than any column is wide. */
export const longName = "alexandra.konstantinopolskaya-featherstonehaugh+on-call@payments";

const people = [
  {
    mark: "long",
    name: longName,
    description:
      "On call for the payment services, every second week and on public holidays; answers for the nightly settlement, the chargeback import and the reconciliation with three banks. Reach her deputy when she is travelling, and the duty officer when neither of them answers within a quarter of an hour. Her access is reviewed on the first Monday of each quarter by the owner of the payment services and the security office.",
    email: "alexandra.konstantinopolskaya-featherstonehaugh@settlement.payments.example.com",
  },
  { mark: "bob", name: "bob", description: "Locked himself out", blocked_at: "now()" },
  {
    mark: "clara",
    name: "clara",
    description: "On leave until March",
    email: "clara@example.com",
    state: "suspended",
  },
  { mark: "dmitri", name: "dmitri", description: "Signs in elsewhere", kind: "federated" },
  { mark: "deploy", name: "ci-deploy", description: "Deploys the shop", kind: "service" },
];

/** The kinds and states of people that there are, beside those whom the console itself made. */
export async function addPeople(database) {
  for (const { mark, name, description, email, state, kind, blocked_at } of people)
    await database.query(
      `insert into users (id, tenancy_id, name, name_key, description, email, email_key, state, kind, capabilities,
           blocked_at, last_sign_in_at, owner_id, created_at)
         select left(admin.id, -${mark.length}) || '${mark}', admin.tenancy_id, $1, lower($1), $2, $3, lower($3), $4, $5,
           admin.capabilities, ${blocked_at ?? "null"}, case when $5 = 'local' then now() - interval '3 days' end,
           case when $5 = 'service' then admin.id end, now() - interval '60 days'
         from users admin where admin.name = 'admin'`,
      [name, description, email ?? null, state ?? "active", kind ?? "local"],
    );
}

/** Their own, and of one who has signed in. */
export const enableSecondFactor = (name) => async (database) => {
  await database.query(
    `insert into totp_devices (id, user_id, sealed_seed, activated_at)
       select 'ocid1.totpdevice.local..shots', id, '', now() - interval '9 days' from users where name = $1`,
    [name],
  );
  await database.query(
    `insert into recovery_codes (user_id, verifier)
       select id, 'shots-' || number from users, generate_series(1, 7) number where name = $1`,
    [name],
  );
  await database.query("update users set has_second_factor = true where name = $1", [name]);
};

/** So that the next act asks who it is. */
export const ageProofs = (database) =>
  database.query("update sessions set proved_at = now() - interval '1 hour'");

/** Nothing is open but the change of the password. */
export const forceChange = (database) =>
  database.query("update sessions set must_change_password = true");

/** A page that reads it breaks. */
export const breakResources = (database) =>
  database.query("alter table oauth_resources rename to oauth_resources_away");

/** The frame of every page breaks. */
export const breakSessions = (database) =>
  database.query("alter table sessions rename to sessions_away");

export const requireSecondFactor = (database) =>
  database.query(
    `insert into settings (key, value) values ('second-factor', '{"everybody": true}')
       on conflict (key) do update set value = excluded.value`,
  );

/** No page learns who asks. */
export async function sendDatabaseAway(database) {
  await database.query("begin");
  await database.query("lock table sessions in access exclusive mode");
}

/** Takes back what `breakSessions` and `sendDatabaseAway` did. */
export async function mendSessions(database) {
  await database.query("rollback");
  await database.query("alter table if exists sessions_away rename to sessions");
}

/** Takes back what a picture of people needed. */
export async function resetPeople(database) {
  await database.query("alter table if exists oauth_resources_away rename to oauth_resources");
  await database.query("delete from settings where key = 'second-factor'");
  await database.query("delete from totp_devices");
  await database.query("delete from recovery_codes");
  await database.query("update users set has_second_factor = false where has_second_factor");
  await database.query(
    "delete from console_passwords where user_id in (select id from users where name <> 'admin')",
  );
  await database.query("delete from invitations");
  await database.query("update sessions set must_change_password = false");
  await database.query("delete from password_counters");
}

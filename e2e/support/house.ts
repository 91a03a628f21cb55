import { randomBytes, randomUUID } from "node:crypto";

import { makeOcid } from "@/lib/domain/ocid";
import { Pool } from "pg";

import { adminPassword, type ConsoleSession, settleAdministrator } from "./console-session";
import { databaseUrl } from "./database";
import type { Person } from "./people";
import { type RunningServer, type ServerOptions, startServer } from "./server";
import type { makeKeyPair, Signer } from "./signer";

/** Servers over one database, their administrator, and the database itself for what no request can set up in time. */
export interface House {
  readonly servers: readonly RunningServer[];
  readonly server: RunningServer;
  readonly database: Pool;
  readonly tenancyId: string;
  readonly admin: {
    readonly id: string;
    readonly session: ConsoleSession;
    readonly signer: Signer;
  };
  stop(): Promise<void>;
}

/** Starts `count` servers one after the other on one database. */
export async function startHouse(
  options: Omit<ServerOptions, "port" | "dataDir"> & { count?: number } = {},
): Promise<House> {
  const { count = 1, ...rest } = options;
  const server = await startServer(rest);
  const servers = [server];
  while (servers.length < count)
    servers.push(await startServer({ ...rest, dataDir: server.dataDir }));
  const database = openDatabase(server.dataDir);
  const { session, signer } = await settleAdministrator(server);
  // Whoever may have a client credential at all may have any scope: who may have which is the business of others.
  await database.query(
    `insert into settings (key, value) values ('oauth', '{"anyoneMayEnterAudience": true}')`,
  );
  return {
    servers,
    server,
    database,
    tenancyId: signer.tenancyId,
    admin: { id: signer.userId, session, signer },
    stop: async () => {
      // First: a server leaves the database running while anybody else is connected.
      await database.end();
      for (const one of servers.toReversed()) await one.stop();
    },
  };
}

/** The database of a data directory. */
function openDatabase(dataDir: string): Pool {
  const pool = new Pool({ connectionString: databaseUrl(dataDir), max: 2 });
  // The loss of an idle connection is not the test's affair.
  pool.on("error", () => undefined);
  return pool;
}

/** Everybody whom a house makes has the administrator's password: one hash serves for hundreds of people. */
export const commonPassword = adminPassword;

export const newOcid = (type: Parameters<typeof makeOcid>[0]) =>
  makeOcid(type, "local", (count) => randomBytes(count));

/** People with `commonPassword` and every capability, put into the database at once. */
export async function addPeople(
  { database, admin }: Pick<House, "database" | "admin">,
  count: number,
  { isBlocked = false, mustChange = false } = {},
): Promise<Person[]> {
  const people = Array.from({ length: count }, () => ({
    id: newOcid("user"),
    name: `person-${randomUUID().slice(0, 13)}`,
  }));
  const ids = people.map(({ id }) => id);
  await database.query(
    `insert into users (id, tenancy_id, name, name_key, email, email_key, capabilities, blocked_at)
     select made.id, admin.tenancy_id, made.name, made.name, made.name || '@people.test',
       made.name || '@people.test', admin.capabilities, case when $4 then now() end
     from unnest($1::text[], $2::text[]) as made (id, name) join users admin on admin.id = $3`,
    [ids, people.map(({ name }) => name), admin.id, isBlocked],
  );
  await database.query(
    `insert into console_passwords (user_id, slot, verifier, must_change)
     select made.id, 'main', known.verifier, $3 from unnest($1::text[]) as made (id)
     join console_passwords known on known.user_id = $2 and known.slot = 'main'`,
    [ids, admin.id, mustChange],
  );
  return people;
}

/** Gives somebody a key; one pair serves any number of people, because a fingerprint is unique per owner only. */
export async function giveKey(
  { database, tenancyId }: Pick<House, "database" | "tenancyId">,
  userId: string,
  { privateKey, publicPem, fingerprint }: ReturnType<typeof makeKeyPair>,
): Promise<Signer> {
  const details = { name: "given", publicKey: publicPem, sha256: "", bits: 2048 };
  await database.query(
    `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details)
     values ($1, 'api_key', $2, $3, 'owner', $4)`,
    [newOcid("credential"), userId, fingerprint, JSON.stringify(details)],
  );
  return { tenancyId, userId, fingerprint, privateKey };
}

import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { adminPassword, ConsoleSession, settleAdministrator } from "../e2e/support/console-session";
import { countOf, rowsOf, withDatabase } from "../e2e/support/database";
import { type RunningServer, startServer } from "../e2e/support/server";
import { say } from "./measure";
import { seedUsers } from "./seed";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly smtpUserName: string;
}

/** A server with a number of users, and its administrator, signed in. */
export interface House {
  readonly users: number;
  readonly server: RunningServer;
  readonly session: ConsoleSession;
  /** People from everywhere in the table. */
  readonly people: readonly Person[];
  /** Names of some who are in the group `staff`. */
  readonly colleagues: readonly string[];
  readonly staff: string;
  readonly teams: readonly string[];
}

/** Where the databases are: a folder that stays for the next run, or one that goes with this one. */
export function openStreet(folder: string | undefined): { folder: string; leave(): void } {
  if (folder === undefined) {
    const passing = mkdtempSync(join(tmpdir(), "latchkey-scale-"));
    return { folder: passing, leave: () => rmSync(passing, { recursive: true, force: true }) };
  }
  mkdirSync(folder, { recursive: true });
  return { folder, leave: () => undefined };
}

/** Starts the house of so many users, after seeding it if its folder has no such users yet. */
export async function openHouse(street: string, users: number): Promise<House> {
  const dataDir = join(street, String(users));
  const mark = join(dataDir, "seeded");
  const seed = createHash("sha256").update(readFileSync("bench/seed.ts")).digest("hex");
  const isSeeded = existsSync(mark) && readFileSync(mark, "utf8") === seed;
  if (!isSeeded) rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const server = await startServer({ dataDir });
  try {
    const session = new ConsoleSession(server.url);
    if (isSeeded) {
      await readOnce(dataDir);
      await session.signIn("admin", adminPassword);
    } else {
      Object.assign(session, (await settleAdministrator(server)).session);
      await fill(dataDir, users);
      writeFileSync(mark, seed);
    }
    return { users, server, session, ...(await whoIsThere(dataDir)) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function whoIsThere(dataDir: string) {
  const people = await rowsOf<Person>(
    dataDir,
    `select u.id, u.name, k.public_id as fingerprint, s.public_id as "smtpUserName" from users u
       join credentials k on k.owner_id = u.id and k.kind = 'api_key'
       join credentials s on s.owner_id = u.id and s.kind = 'smtp_credential'
     where u.name like '%.%.%' and u.id in (
       select id from users where name like '%.%.%' order by md5(id) limit 100)`,
  );
  const groups = await rowsOf<{ id: string; name: string }>(
    dataDir,
    "select id, name from groups where name like 'team %' or name = 'staff' order by name",
  );
  const staff = groups.find(({ name }) => name === "staff")?.id ?? "";
  const colleagues = await rowsOf<{ name: string }>(
    dataDir,
    `select u.name from memberships m join users u on u.id = m.user_id where m.group_id = $1
     order by md5(u.id) limit 100`,
    [staff],
  );
  return {
    people,
    staff,
    teams: groups.filter(({ id }) => id !== staff).map(({ id }) => id),
    colleagues: colleagues.map(({ name }) => name),
  };
}

async function fill(dataDir: string, users: number): Promise<void> {
  const began = performance.now();
  await withDatabase(dataDir, (client) => seedUsers(client, { from: 1, to: users }));
  const counted = await Promise.all(
    ["users", "credentials", "audit_events"].map(
      async (table) => `${await countOf(dataDir, `select count(*) from ${table}`)} ${table}`,
    ),
  );
  say(`seeded in ${((performance.now() - began) / 1_000).toFixed(0)} s: ${counted.join(", ")}`);
}

/** A database that has been running for a while has in memory what fits; a disk that is read first says nothing of it. */
async function readOnce(dataDir: string): Promise<void> {
  const base = join(dataDir, "postgres", "base");
  for (const entry of await readdir(base, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    for await (const part of createReadStream(join(entry.parentPath, entry.name), {
      highWaterMark: 1 << 20,
    }))
      void part;
  }
}

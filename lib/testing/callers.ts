import { randomUUID } from "node:crypto";

import { callerFromSession } from "@/lib/auth/caller";
import { runtime } from "@/lib/config/runtime";
import { upsertConsolePassword } from "@/lib/data/console-passwords";
import { transaction } from "@/lib/data/db";
import { insertMembership, lockAdministrators } from "@/lib/data/groups";
import { insertUser, type UserRow } from "@/lib/data/users";
import type { Caller, RequestOrigin } from "@/lib/domain/caller";
import { makeOcid } from "@/lib/domain/ocid";
import { allCapabilities } from "@/lib/domain/users/capabilities";
import { emailKey } from "@/lib/domain/users/email";
import { hashPassword } from "@/lib/secrets/hash-password";
import { random } from "@/lib/secrets/random";
import { signIn } from "@/lib/services/sessions/sign-in";

export const password = "Correct-Horse-7-Battery";

export const origin = (changes: Partial<RequestOrigin> = {}): RequestOrigin => ({
  requestId: randomUUID(),
  address: "192.0.2.7",
  client: "vitest",
  ...changes,
});

export interface NewPerson {
  name?: string;
  email?: string | null;
  isAdministrator?: boolean;
  kind?: "local" | "service";
  /** A one-time password must be changed at the first sign-in. */
  mustChange?: boolean;
}

let verifier: Promise<string> | undefined;

/** A user of the test's own, with `password`. */
export async function makePerson(person: NewPerson = {}): Promise<UserRow> {
  const { tenancy } = runtime();
  const name = person.name ?? `user-${randomUUID().slice(0, 8)}`;
  verifier ??= hashPassword(password);
  const hashed = await verifier;
  return transaction(async (tx) => {
    const user = await insertUser(tx, {
      id: makeOcid("user", tenancy.realm, random),
      tenancyId: tenancy.id,
      kind: person.kind ?? "local",
      name,
      nameKey: name.toLowerCase(),
      description: "",
      email: person.email ?? null,
      emailKey: person.email ? emailKey(person.email) : null,
      capabilities: allCapabilities,
      freeformTags: {},
      definedTags: {},
      createdBy: null,
    });
    await upsertConsolePassword(tx, {
      userId: user.id,
      slot: "main",
      verifier: hashed,
      mustChange: person.mustChange ?? false,
      lifetimeSeconds: null,
      createdByName: null,
    });
    if (person.isAdministrator) {
      const group = await lockAdministrators(tx, tenancy.id);
      await insertMembership(tx, {
        id: makeOcid("groupmembership", tenancy.realm, random),
        userId: user.id,
        groupId: group?.id ?? "",
      });
    }
    return user;
  });
}

/** Signs the person in, through the front: the caller is what a request with the session's cookie would be. */
export async function signedIn(user: { name: string }): Promise<Caller> {
  const { token } = await signIn(origin(), { userName: user.name, password });
  const caller = await callerFromSession(token, origin());
  if (!caller) throw new Error(`${user.name} could not sign in.`);
  return caller;
}

export async function makeCaller(person: NewPerson = {}): Promise<Caller> {
  return signedIn(await makePerson(person));
}

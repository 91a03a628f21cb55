import "server-only";
import type { Logger } from "pino";

import type { Env } from "@/lib/config/env";
import type { Tenancy } from "@/lib/config/runtime";
import { insertAuditEvent } from "@/lib/data/audit";
import { findConsolePasswords, upsertConsolePassword } from "@/lib/data/console-passwords";
import type { Tx } from "@/lib/data/db";
import { insertGroup, insertMembership } from "@/lib/data/groups";
import { insertResource, setScopeGrants } from "@/lib/data/oauth-resources";
import { lockSetting, saveSetting } from "@/lib/data/settings";
import { ensureTenancy, findTenancy } from "@/lib/data/tenancies";
import { findUserByNameKey, insertUser, type UserRow } from "@/lib/data/users";
import { durations } from "@/lib/domain/durations";
import { exampleResources } from "@/lib/domain/oauth/resource";
import { makeOcid } from "@/lib/domain/ocid";
import { checkPassword } from "@/lib/domain/password/criteria";
import { defaultPasswordPolicy } from "@/lib/domain/password/policy";
import { randomText } from "@/lib/domain/random";
import { allCapabilities } from "@/lib/domain/users/capabilities";
import { choosePasswordCost, hashPassword } from "@/lib/secrets/hash-password";
import { random } from "@/lib/secrets/random";

import { hostEvent } from "./audit/host-event";
import { ensureFirstPolicies } from "./policies/ensure-first";
import { mintOneTimePassword, setOneTimePassword } from "./passwords/one-time-password";

const administratorName = "admin";
const shownSetting = "first-password-shown";
const markCharacters = "abcdefghijklmnopqrstuvwxyz";

/** A fault in what the operator configured: the message says what to do about it. */
export class BootstrapError extends Error {}

/** A password for the terminal; `mark` tells whether it is still the one in force. */
export interface FirstPassword {
  readonly secret: string;
  readonly mark: string;
}

export interface Bootstrapped {
  readonly tenancy: Tenancy;
  /** For `showFirstPassword`; null when there is nothing to show. */
  readonly firstPassword: FirstPassword | null;
}

/**
 * Makes tenancy, `Administrators`, `admin` and the first policies on the first start, in one transaction; later starts
 * change nothing. A first password that was committed but never shown is made anew (decisions.md 33). Passwords cost from
 * here on what the settings say.
 */
export async function bootstrap(tx: Tx, env: Env, log: Logger): Promise<Bootstrapped> {
  choosePasswordCost(env.passwordCost);
  const found = await findTenancy(tx);
  if (found) {
    await ensureFirstPolicies(tx, found);
    if (found.realm !== env.realm)
      log.warn(
        { stored: found.realm, configured: env.realm },
        "LATCHKEY_REALM is ignored: identifiers carry the realm of the first start",
      );
    return {
      tenancy: { ...found, region: env.region },
      firstPassword: await remakeUnshownPassword(tx),
    };
  }
  const id = makeOcid("tenancy", env.realm, random);
  const { tenancy, isNew } = await ensureTenancy(tx, {
    id,
    name: env.tenancyName,
    realm: env.realm,
    region: env.region,
  });
  if (!isNew) return { tenancy, firstPassword: null };
  const user = await makeAdministrator(tx, tenancy);
  await ensureFirstPolicies(tx, tenancy);
  const chosen = env.adminPassword;
  if (chosen !== undefined) {
    await setChosenPassword(tx, user, chosen);
    await saveSetting(tx, shownSetting, true);
    return { tenancy, firstPassword: null };
  }
  return { tenancy, firstPassword: await makeFirstPassword(tx, user) };
}

/**
 * Shows the first password and remembers that it was seen: no later start makes another. Silent when another process
 * has made a newer one meanwhile. Killed between the two, the next start makes one anew.
 */
export async function showFirstPassword(
  tx: Tx,
  { secret, mark }: FirstPassword,
  show: (secret: string) => void,
): Promise<void> {
  if ((await lockSetting(tx, shownSetting)) !== mark) return;
  show(secret);
  await saveSetting(tx, shownSetting, true);
}

/** Another password was given to the administrator meanwhile: no start may replace it any more. */
export async function withdrawFirstPassword(tx: Tx): Promise<void> {
  await saveSetting(tx, shownSetting, true);
}

async function makeAdministrator(tx: Tx, tenancy: Tenancy): Promise<UserRow> {
  const noTags = { freeformTags: {}, definedTags: {} };
  const user = await insertUser(tx, {
    id: makeOcid("user", tenancy.realm, random),
    tenancyId: tenancy.id,
    kind: "local",
    name: administratorName,
    nameKey: administratorName,
    description: "The first administrator",
    email: null,
    emailKey: null,
    capabilities: allCapabilities,
    createdBy: null,
    ...noTags,
  });
  const group = await insertGroup(tx, {
    id: makeOcid("group", tenancy.realm, random),
    tenancyId: tenancy.id,
    name: "Administrators",
    description: "Members may manage everything in this tenancy.",
    isAdministrators: true,
    ...noTags,
  });
  await insertMembership(tx, {
    id: makeOcid("groupmembership", tenancy.realm, random),
    userId: user.id,
    groupId: group.id,
  });
  await registerExamples(tx, tenancy, group.id);
  await insertAuditEvent(tx, hostEvent("bootstrap", user));
  return user;
}

/** Resources to look at; administrators have their scopes, so that there is something to choose from. */
async function registerExamples(tx: Tx, tenancy: Tenancy, groupId: string): Promise<void> {
  for (const { name, audience, scopes } of exampleResources) {
    const id = makeOcid("oauthresource", tenancy.realm, random);
    const resource = { id, tenancyId: tenancy.id, name, audience, scopes: [...scopes] };
    await insertResource(tx, resource);
    await setScopeGrants(tx, { resourceId: id, groupId, scopes: resource.scopes });
  }
}

async function setChosenPassword(tx: Tx, user: UserRow, password: string): Promise<void> {
  const problems = checkPassword(defaultPasswordPolicy, { password, userName: user.name });
  if (problems.length > 0)
    throw new BootstrapError(
      `LATCHKEY_ADMIN_PASSWORD does not meet the password policy. ${problems.join(" ")}`,
    );
  const verifier = await hashPassword(password);
  await upsertConsolePassword(tx, {
    userId: user.id,
    slot: "main",
    verifier,
    mustChange: true,
    lifetimeSeconds: durations.oneTimePassword,
    createdByName: null,
  });
}

/** Under the setting's lock: of processes that start at once, the one that makes the last password shows it. */
async function remakeUnshownPassword(tx: Tx): Promise<FirstPassword | null> {
  if ((await lockSetting(tx, shownSetting)) === true) return null;
  const user = await findUserByNameKey(tx, administratorName);
  if (!user || user.lastSignInAt !== null) return null;
  const main = (await findConsolePasswords(tx, user.id)).find(({ slot }) => slot === "main");
  return main && !main.mustChange ? null : makeFirstPassword(tx, user);
}

async function makeFirstPassword(tx: Tx, user: UserRow): Promise<FirstPassword> {
  const { secret, verifier } = await mintOneTimePassword(defaultPasswordPolicy, user.name);
  await setOneTimePassword(tx, user.id, { verifier, createdByName: null });
  const mark = randomText(16, markCharacters, random);
  await saveSetting(tx, shownSetting, mark);
  return { secret, mark };
}

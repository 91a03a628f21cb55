import "server-only";

import { insertAuditEvent } from "@/lib/data/audit";
import { upsertConsolePassword } from "@/lib/data/console-passwords";
import { reading, transaction, type Tx } from "@/lib/data/db";
import { giveUpWaitingMails, type LeasedMail, lockLeasedMail, rewriteMail } from "@/lib/data/mails";
import { findUserByNameKey, lockUser, type UserRow } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { durations } from "@/lib/domain/durations";
import { passwordRequest } from "@/lib/domain/mail/password-request";
import type { Recipient } from "@/lib/domain/mail/recipient";
import { makeOneTimePassword } from "@/lib/domain/password/one-time";
import { hashPassword } from "@/lib/secrets/hash-password";
import { random } from "@/lib/secrets/random";
import { eventWithoutCaller } from "@/lib/services/audit/record";
import { sealMailSecrets } from "@/lib/services/mail/secrets";

import { passwordAddressOf } from "./password-address";
import { passwordPolicyOf } from "./policy";

/**
 * Turns a leased request into the mail that answers it: a temporary password, or for a blocked user the word that only
 * an administrator can help. Undefined when no mail is due, which nobody learns. The password opens the console beside
 * the old one, and voids an earlier temporary one.
 */
export async function grantTemporaryPassword(request: LeasedMail): Promise<LeasedMail | undefined> {
  const { nameKey, origin } = passwordRequest.parse(request.values);
  const known = await reading((tx) => findUserByNameKey(tx, nameKey));
  if (known === undefined || passwordAddressOf(known) === undefined) return undefined;
  const made = await makePassword(known.name);
  return transaction(async (tx) => {
    const user = await lockUser(tx, known.id);
    const recipient = user && passwordAddressOf(user);
    const lease = await lockLeasedMail(tx, request);
    if (user === undefined || recipient === undefined || lease === undefined) return undefined;
    const work = { lease, user, recipient, origin };
    return user.blockedAt === null ? grant(tx, work, made) : refuse(tx, work, user.blockedAt);
  });
}

type Work = { lease: LeasedMail; user: UserRow; recipient: Recipient; origin: RequestOrigin };
type MadePassword = { temporaryPassword: string; verifier: string };

/** Before any lock is taken: hashing is slow on purpose. */
async function makePassword(userName: string): Promise<MadePassword> {
  const policy = await reading(passwordPolicyOf);
  const temporaryPassword = makeOneTimePassword(policy, userName, random);
  return { temporaryPassword, verifier: await hashPassword(temporaryPassword) };
}

async function grant(
  tx: Tx,
  { lease, user, recipient, origin }: Work,
  made: MadePassword,
): Promise<LeasedMail | undefined> {
  const lifetimeSeconds = durations.temporaryPassword;
  const place = { id: lease.id, userId: user.id };
  const template = "temporary_password";
  await upsertConsolePassword(tx, {
    userId: user.id,
    slot: "temporary",
    verifier: made.verifier,
    mustChange: true,
    lifetimeSeconds,
    createdByName: user.name,
  });
  await giveUpWaitingMails(tx, { userId: user.id, template }, lease.id);
  await insertAuditEvent(tx, eventWithoutCaller(origin, { ...noteOf(user), outcome: "done" }));
  return rewriteMail(tx, lease, {
    template,
    userId: user.id,
    recipient,
    values: { userName: user.name, requestedFrom: origin.address },
    sealedValues: await sealMailSecrets(tx, { temporaryPassword: made.temporaryPassword }, place),
    lifetimeSeconds,
  });
}

async function refuse(
  tx: Tx,
  { lease, user, recipient, origin }: Work,
  blockedAt: Date,
): Promise<LeasedMail | undefined> {
  await insertAuditEvent(
    tx,
    eventWithoutCaller(origin, { ...noteOf(user), outcome: "refused", reason: "blocked" }),
  );
  return rewriteMail(tx, lease, {
    template: "user_blocked",
    userId: user.id,
    recipient,
    values: { userName: user.name, blockedAt: blockedAt.toISOString() },
    sealedValues: null,
    lifetimeSeconds: durations.temporaryPassword,
  });
}

function noteOf({ id, name }: UserRow) {
  const owner = { id, name };
  return {
    action: "requestTemporaryPassword",
    via: "mail",
    owner,
    subject: { type: "user", ...owner },
  };
}

import "server-only";
import { randomUUID } from "node:crypto";

import {
  findConsolePasswords,
  replaceVerifier,
  type ConsolePassword,
  type PasswordSlot,
} from "@/lib/data/console-passwords";
import { insertAuditEvent } from "@/lib/data/audit";
import { transaction, type Tx } from "@/lib/data/db";
import {
  countFailedCheck,
  leasePasswordCheck,
  resetAfterSuccess,
  returnLease,
} from "@/lib/data/password-counters";
import { endSessions } from "@/lib/data/sessions";
import { blockUser, findUserByNameKey, lockUser, type UserRow } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";
import { failuresUntilBlocked } from "@/lib/domain/password/lockout";
import { storedCapabilities } from "@/lib/domain/users/capabilities";
import { hashPassword, needsRehash, verifyPassword } from "@/lib/secrets/hash-password";

import { eventWithoutCaller } from "../audit/record";
import { enqueueMail } from "../mail/enqueue";

/** A right password of a user who is not blocked, and which of their passwords it was. */
export interface RightPassword {
  readonly user: UserRow;
  readonly password: ConsolePassword;
}

export type PasswordCheck<Output = undefined> =
  | { readonly outcome: "right"; readonly found: RightPassword; readonly output: Output }
  | { readonly outcome: "wrong" };

interface Attempt {
  readonly nameKey: string;
  readonly password: string;
  readonly slots: readonly PasswordSlot[];
  readonly origin: RequestOrigin;
  readonly action: string;
}

/**
 * What a caller does in the check's own two transactions, so that a sign-in takes two and not four. Locks are taken in
 * the order user, counter, everything else, as by whoever unblocks.
 */
interface Around<Output> {
  /** Together with the lease; what it throws undoes the lease as well. */
  readonly before?: (tx: Tx) => Promise<void>;
  /** Together with the end of a right check. It must not throw what should leave the count of failures as it was. */
  readonly whenRight: (tx: Tx, found: RightPassword) => Promise<Output>;
}

const nothingAround: Around<undefined> = { whenRight: async () => undefined };

/** `checkPassword` for whoever has nothing to add to it. */
export function checkConsolePassword(attempt: Attempt): Promise<PasswordCheck> {
  return checkPassword(attempt, nothingAround);
}

/**
 * The one way a console password is checked, on every path: sign-in, change, proof of identity. At most ten checks in
 * a row may fail, under way included, on any number of processes; the tenth failure blocks (decisions.md 2). Known and
 * unknown, blocked and not, cost the same. Throws `rate_limited` when too many checks of one name are under way.
 */
export async function checkPassword<Output>(
  attempt: Attempt,
  { before, whenRight }: Around<Output>,
): Promise<PasswordCheck<Output>> {
  const leaseId = randomUUID();
  const { lease, user, passwords } = await transaction(async (tx) => {
    const begun = await begin(tx, attempt, leaseId);
    await before?.(tx);
    return begun;
  });
  if (lease === "busy") {
    throw new AppError("rate_limited", "Too many attempts at once. Wait a second and try again.", {
      retryAfterSeconds: 1,
    });
  }
  const isOpen = lease === "granted" && user !== undefined && mayUsePassword(user);
  let matched: ConsolePassword | undefined;
  try {
    matched = await findMatch(isOpen ? passwords : [], attempt.password);
  } catch (error) {
    await transaction((tx) => returnLease(tx, attempt.nameKey, leaseId));
    throw error;
  }
  if (matched && user && needsRehash(matched.verifier))
    matched = await strengthen(user, matched, attempt.password);
  if (!matched || !user || lease === "blocked") {
    const failure = { leaseId, user, isOverLimit: lease === "blocked" };
    await transaction((tx) => finishWrong(tx, attempt, failure));
    return { outcome: "wrong" };
  }
  const found = { user, password: matched };
  return transaction((tx) => finishRight(tx, attempt, leaseId, found, whenRight));
}

/** Whoever may not use one is checked against nothing, so that a right password shows in no way that it is right. */
function mayUsePassword({ state, kind, blockedAt, capabilities }: UserRow): boolean {
  return (
    state === "active" &&
    kind === "local" &&
    blockedAt === null &&
    storedCapabilities.parse(capabilities).canUseConsolePassword
  );
}

async function begin(tx: Tx, { nameKey, slots }: Attempt, leaseId: string) {
  const lease = await leasePasswordCheck(tx, nameKey, leaseId, failuresUntilBlocked);
  const user = await findUserByNameKey(tx, nameKey);
  const all = await findConsolePasswords(tx, user?.id ?? "");
  return { lease: lease.state, user, passwords: all.filter(({ slot }) => slots.includes(slot)) };
}

/** Hashes once when the main password is right, twice in every other case, whoever is asking. */
async function findMatch(
  passwords: ConsolePassword[],
  password: string,
): Promise<ConsolePassword | undefined> {
  for (const slot of ["main", "temporary"]) {
    const candidate = passwords.find((one) => one.slot === slot);
    if ((await verifyPassword(candidate?.verifier, password)) && candidate) return candidate;
  }
  return undefined;
}

/** The parameters of hashing rise over the years; the moment of a right password is the only one to follow them. */
async function strengthen(
  user: UserRow,
  weak: ConsolePassword,
  password: string,
): Promise<ConsolePassword> {
  const verifier = await hashPassword(password);
  const isReplaced = await transaction((tx) =>
    replaceVerifier(tx, user.id, weak.verifier, verifier),
  );
  return isReplaced ? { ...weak, verifier } : weak;
}

async function finishRight<Output>(
  tx: Tx,
  { nameKey }: Attempt,
  leaseId: string,
  checked: RightPassword,
  whenRight: Around<Output>["whenRight"],
): Promise<PasswordCheck<Output>> {
  const user = await lockUser(tx, checked.user.id);
  const isStillOpen = await resetAfterSuccess(tx, nameKey, leaseId, failuresUntilBlocked);
  if (!isStillOpen || !user) return { outcome: "wrong" };
  const found = { ...checked, user };
  return { outcome: "right", found, output: await whenRight(tx, found) };
}

interface Failure {
  readonly leaseId: string;
  readonly user: UserRow | undefined;
  /** The name had failed ten times before: nothing is left to count. */
  readonly isOverLimit: boolean;
}

/** One update and one event, whoever was asked for: a name that costs less to refuse would tell what it is. */
async function finishWrong(
  tx: Tx,
  attempt: Attempt,
  { leaseId, user, isOverLimit }: Failure,
): Promise<void> {
  const { origin, action, nameKey } = attempt;
  const failed = isOverLimit ? undefined : await countFailedCheck(tx, nameKey, leaseId);
  if (isOverLimit) await returnLease(tx, nameKey, leaseId);
  const owner = user === undefined ? null : { id: user.id, name: user.name };
  await insertAuditEvent(
    tx,
    eventWithoutCaller(origin, {
      via: "password",
      owner,
      subject: owner && { type: "user", ...owner },
      action,
      outcome: "refused",
      reason: user === undefined ? "unknown_user" : isOverLimit ? "blocked" : "wrong_password",
      details: failed === undefined ? {} : { failed },
    }),
  );
  if (user !== undefined && failed !== undefined) await blockIfSpent(tx, origin, user, failed);
}

async function blockIfSpent(
  tx: Tx,
  origin: RequestOrigin,
  user: UserRow,
  failed: number,
): Promise<void> {
  if (failed < failuresUntilBlocked || user.blockedAt !== null || user.kind !== "local") return;
  const blockedAt = await blockUser(tx, user.id);
  if (!blockedAt) return;
  await endSessions(tx, user.id);
  const owner = { id: user.id, name: user.name };
  await insertAuditEvent(
    tx,
    eventWithoutCaller(origin, {
      via: "password",
      owner,
      subject: { type: "user", ...owner },
      action: "blockUser",
      outcome: "done",
      reason: "ten_failures",
    }),
  );
  if (user.email !== null) {
    await enqueueMail(tx, {
      template: "user_blocked",
      userId: user.id,
      recipient: user.email,
      values: { userName: user.name, blockedAt: blockedAt.toISOString() },
    });
  }
}

import "server-only";
import { randomUUID } from "node:crypto";

import { type Account, lockAccount } from "@/lib/data/accounts";
import { transaction, type Tx } from "@/lib/data/db";
import {
  leasePasswordCheck,
  lockCounter,
  resetAfterSuccess,
  returnLease,
} from "@/lib/data/password-counters";
import type { RequestOrigin } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";
import { failuresUntilBlocked } from "@/lib/domain/password/lockout";
import { hashPassword, needsRehash, verifyPassword } from "@/lib/secrets/hash-password";

import { type Failure, finishWrong } from "./count-failure";

/** A right password of a user who is not blocked, and which of their passwords it was. */
export interface RightPassword<Password> {
  readonly user: Account;
  readonly password: Password;
}

export type PasswordCheck<Password, Output = undefined> =
  | { readonly outcome: "right"; readonly found: RightPassword<Password>; readonly output: Output }
  | { readonly outcome: "wrong" };

interface Attempt {
  readonly nameKey: string;
  readonly password: string;
  readonly origin: RequestOrigin;
  readonly action: string;
}

/** What a password opens, and whose it can be. All of them share one counter of failures (product.md 3.3). */
export interface PasswordDoor<Password extends { readonly verifier: string }> {
  readonly findUser: (tx: Tx, nameKey: string) => Promise<Account | undefined>;
  /** Users for whom there is no such door cannot be locked out by somebody who tries it. */
  readonly isFor: (user: Account) => boolean;
  /** Whoever may not use it is checked against nothing, so that a right password shows in no way that it is right. */
  readonly isOpenTo: (user: Account) => boolean;
  /** What may match, in the order in which it is tried. Asked for nobody, with an empty id, at the same price. */
  readonly passwords: (tx: Tx, userId: string) => Promise<readonly Password[]>;
  /** Of as many as this the work is the same, whether there are any or not. */
  readonly places: number;
  /** Puts a better hash in place, unless the password was replaced meanwhile: then false. */
  readonly strengthen: (
    tx: Tx,
    user: Account,
    weak: Password,
    verifier: string,
  ) => Promise<boolean>;
}

/**
 * What a caller does in the check's own two transactions, so that a sign-in takes two and not four. Locks are taken in
 * the order user, counter, everything else, as by whoever unblocks.
 */
interface Around<Password, Output> {
  /** Together with the lease; what it throws undoes the lease as well. */
  readonly before?: (tx: Tx) => Promise<void>;
  /** False where the password does not open anything by itself: then it is right, and forgives no failure. */
  readonly isEnough?: (user: Account, password: Password) => boolean;
  /** Together with the end of a right check. It must not throw what should leave the count of failures as it was. */
  readonly whenRight: (tx: Tx, found: RightPassword<Password>) => Promise<Output>;
}

/**
 * The one way a password is checked, on every path: sign-in, change, proof of identity, databases. At most ten checks in
 * a row may fail, under way included, on any number of processes; the tenth failure blocks (decisions.md 2). Known and
 * unknown, blocked and not, cost the same. Throws `rate_limited` when too many checks of one name are under way.
 */
export async function checkPassword<Password extends { readonly verifier: string }, Output>(
  door: PasswordDoor<Password>,
  attempt: Attempt,
  { before, isEnough, whenRight }: Around<Password, Output>,
): Promise<PasswordCheck<Password, Output>> {
  const leaseId = randomUUID();
  const { counter, lease, user, passwords } = await transaction(async (tx) => {
    const begun = await begin(tx, door, attempt, leaseId);
    await before?.(tx);
    return begun;
  });
  if (lease === "busy") {
    throw new AppError("rate_limited", "Too many attempts at once. Wait a second and try again.", {
      retryAfterSeconds: 1,
    });
  }
  const isOpen =
    lease === "granted" && user !== undefined && user.blockedAt === null && door.isOpenTo(user);
  let matched: Password | undefined;
  try {
    matched = await findMatch(isOpen ? passwords : [], attempt.password, door.places);
  } catch (error) {
    await transaction((tx) => returnLease(tx, counter, leaseId));
    throw error;
  }
  if (matched && user && needsRehash(matched.verifier))
    matched = await strengthen(door, user, matched, attempt.password);
  if (!matched || !user || lease === "blocked") {
    const failure: Failure = {
      counter,
      leaseId,
      user,
      isOverLimit: lease === "blocked",
      mayBlock: user !== undefined && door.isFor(user),
      wrong: "wrong_password",
    };
    await transaction(async (tx) => {
      // The user before the count, as everybody else who takes both: crossed, a tenth failure could be lost in a deadlock.
      await (user ? lockAccount(tx, user.id) : lockCounter(tx, counter));
      await finishWrong(tx, { ...attempt, via: "password" }, failure);
    });
    return { outcome: "wrong" };
  }
  const found = { user, password: matched };
  return transaction((tx) =>
    finishRight(tx, { counter, leaseId }, found, { whenRight, ...(isEnough && { isEnough }) }),
  );
}

async function begin<Password extends { readonly verifier: string }>(
  tx: Tx,
  door: PasswordDoor<Password>,
  { nameKey }: Attempt,
  leaseId: string,
) {
  const user = await door.findUser(tx, nameKey);
  const counter = counterOf(door, user, nameKey);
  const lease = await leasePasswordCheck(tx, counter, leaseId, failuresUntilBlocked);
  const passwords = await door.passwords(tx, user?.id ?? "");
  return { counter, lease: lease.state, user, passwords };
}

/** One count of failures over all the names and doors of a person; no user name holds a space. */
function counterOf(
  door: { readonly isFor: (user: Account) => boolean },
  user: Account | undefined,
  nameKey: string,
): string {
  if (user === undefined) return nameKey;
  return door.isFor(user) ? user.nameKey : `${user.nameKey} at a door that is not theirs`;
}

/** Hashes once when the first password is right, in every other case as often as there are places. */
async function findMatch<Password extends { readonly verifier: string }>(
  passwords: readonly Password[],
  password: string,
  places: number,
): Promise<Password | undefined> {
  for (let place = 0; place < Math.max(places, passwords.length); place += 1) {
    const candidate = passwords[place];
    if ((await verifyPassword(candidate?.verifier, password)) && candidate) return candidate;
  }
  return undefined;
}

/** The parameters of hashing rise over the years; the moment of a right password is the only one to follow them. */
async function strengthen<Password extends { readonly verifier: string }>(
  door: PasswordDoor<Password>,
  user: Account,
  weak: Password,
  password: string,
): Promise<Password> {
  const verifier = await hashPassword(password);
  const isReplaced = await transaction((tx) => door.strengthen(tx, user, weak, verifier));
  return isReplaced ? { ...weak, verifier } : weak;
}

async function finishRight<Password, Output>(
  tx: Tx,
  { counter, leaseId }: Pick<Failure, "counter" | "leaseId">,
  checked: RightPassword<Password>,
  { isEnough, whenRight }: Pick<Around<Password, Output>, "isEnough" | "whenRight">,
): Promise<PasswordCheck<Password, Output>> {
  const user = await lockAccount(tx, checked.user.id);
  if (user && isEnough?.(user, checked.password) === false) await returnLease(tx, counter, leaseId);
  else if (!(await resetAfterSuccess(tx, counter, leaseId, failuresUntilBlocked)) || !user)
    return { outcome: "wrong" };
  const found = { ...checked, user };
  return { outcome: "right", found, output: await whenRight(tx, found) };
}

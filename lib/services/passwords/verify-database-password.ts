import "server-only";
import { z } from "zod";

import { type Account, findAccountByDatabaseName } from "@/lib/data/accounts";
import {
  type ChosenSecret,
  findChosenSecrets,
  strengthenChosenSecret,
} from "@/lib/data/chosen-secrets";
import type { Tx } from "@/lib/data/db";
import type { RequestOrigin } from "@/lib/domain/caller";
import { databasePassword } from "@/lib/domain/credentials/database-password/kind";
import { parseInput } from "@/lib/domain/credentials/kind";
import { storedCapabilities } from "@/lib/domain/users/capabilities";
import { userNameKey } from "@/lib/domain/users/user-name";

import { noteLastUse } from "../last-use";
import { checkPassword, type PasswordDoor, type RightPassword } from "./check";

const input = z.object({ userName: z.string().max(1_000), password: z.string().max(4_096) });

/** Who may enter, and by which of their database passwords. */
export interface DatabaseSignIn {
  readonly userId: string;
  readonly name: string;
  readonly credentialId: string;
}

/**
 * Whether a name, user name or alternate, and a password open a database; undefined for every reason why not. Each
 * active password of the user is right, and its use is noted. A wrong one counts with the console's (decisions.md 1, 2).
 * `origin` is the client's, as far as the database tells. Throws `rate_limited` when too many of one name are under way.
 */
export async function verifyDatabasePassword(
  origin: RequestOrigin,
  raw: unknown,
): Promise<DatabaseSignIn | undefined> {
  const { userName, password } = parseInput(input, raw);
  const nameKey = userNameKey(userName).slice(0, 200);
  const attempt = { nameKey, password, origin, action: "verifyDatabasePassword" };
  const check = await checkPassword(databaseDoor, attempt, { whenRight: stillInPlace });
  if (check.outcome === "wrong" || check.output === undefined) return undefined;
  const { id, lastUsedAt, now } = check.output;
  const { address, client } = origin;
  noteLastUse({ id, at: now, address, client: client.slice(0, 200) }, lastUsedAt);
  const { user } = check.found;
  return { userId: user.id, name: user.name, credentialId: id };
}

const mayUse = ({ capabilities }: Account) =>
  storedCapabilities.parse(capabilities).canUseDbCredentials;

const databaseDoor: PasswordDoor<ChosenSecret> = {
  findUser: findAccountByDatabaseName,
  isFor: mayUse,
  isOpenTo: (user) => user.state === "active" && mayUse(user),
  places: 2,
  passwords: (tx, userId) => findChosenSecrets(tx, databasePassword.id, userId),
  strengthen: (tx, _user, weak, verifier) => strengthenChosenSecret(tx, weak, verifier),
};

/** Checked before the lock: whoever was suspended meanwhile, or deleted this very password, is out at once. */
async function stillInPlace(
  tx: Tx,
  { user, password }: RightPassword<ChosenSecret>,
): Promise<ChosenSecret | undefined> {
  if (user.blockedAt !== null || !databaseDoor.isOpenTo(user)) return undefined;
  const passwords = await databaseDoor.passwords(tx, user.id);
  return passwords.find(({ id }) => id === password.id);
}

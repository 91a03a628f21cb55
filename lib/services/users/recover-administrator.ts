import "server-only";
import { insertAuditEvent } from "@/lib/data/audit";
import { transaction } from "@/lib/data/db";
import { insertMembership, listMemberships, lockAdministrators } from "@/lib/data/groups";
import { forgetFailures } from "@/lib/data/password-counters";
import { findTenancy } from "@/lib/data/tenancies";
import { findUserByNameKey, updateUser } from "@/lib/data/users";
import { AppError, notFound } from "@/lib/domain/errors";
import { makeOcid } from "@/lib/domain/ocid";
import { defaultPasswordPolicy } from "@/lib/domain/password/policy";
import { applyCapabilities, storedCapabilities } from "@/lib/domain/users/capabilities";
import { userNameKey } from "@/lib/domain/users/user-name";
import { random } from "@/lib/secrets/random";

import { hostEvent } from "../audit/host-event";
import { withdrawFirstPassword } from "../bootstrap";
import { removeSecondFactor } from "../second-factor/remove-second-factor";
import { mintOneTimePassword, setOneTimePassword } from "../passwords/one-time-password";

/**
 * The way back in for whoever has the host: unblocks and activates the user, lets them use a password, makes them an
 * administrator again, takes away a second factor that may be lost, and gives a one-time password. Throws `not_found` for an unknown name.
 */
export async function recoverAdministrator(
  name: string,
): Promise<{ name: string; oneTimePassword: string }> {
  const oneTime = await mintOneTimePassword(defaultPasswordPolicy, name);
  return transaction(async (tx) => {
    const user = await findUserByNameKey(tx, userNameKey(name));
    const tenancy = await findTenancy(tx);
    const group = tenancy && (await lockAdministrators(tx, tenancy.id));
    if (!user || !group) throw notFound();
    if (user.kind !== "local")
      throw new AppError("invalid_input", "Only a local user has a console password.");
    const capabilities = applyCapabilities(storedCapabilities.parse(user.capabilities), {
      canUseConsolePassword: true,
    });
    await updateUser(tx, user.id, { blockedAt: null, state: "active", capabilities });
    await forgetFailures(tx, user.nameKey);
    await removeSecondFactor(tx, user);
    await setOneTimePassword(tx, user.id, {
      verifier: oneTime.verifier,
      createdByName: null,
    });
    const memberships = await listMemberships(
      tx,
      group.tenancyId,
      { userId: user.id, groupId: group.id },
      { limit: 1 },
    );
    if (memberships.length === 0) {
      await insertMembership(tx, {
        id: makeOcid("groupmembership", tenancy.realm, random),
        userId: user.id,
        groupId: group.id,
      });
    }
    await withdrawFirstPassword(tx);
    await insertAuditEvent(tx, hostEvent("recoverAdministrator", user));
    return { name: user.name, oneTimePassword: oneTime.secret };
  });
}

import "server-only";
import type { Caller, RequestOrigin } from "@/lib/domain/caller";
import type { PolicySet } from "@/lib/domain/policies/policy-set";
import { storedSecondFactorRules } from "@/lib/domain/settings/second-factor";
import { storedSessionRules } from "@/lib/domain/settings/sessions";
import { storedCapabilities } from "@/lib/domain/users/capabilities";
import { policiesAt } from "@/lib/services/policies/in-force";
import { findHolderOfToken, type SessionHolder } from "@/lib/services/sessions/authenticate";
import { keepSessionAlive } from "@/lib/services/sessions/keep-alive";
import {
  type Authentication,
  authenticateRequest,
  type RawRequest,
  type Signer,
} from "@/lib/services/signing/authenticate-request";

/** The caller behind a session token; undefined when the session is over, whatever the reason. */
export async function callerFromSession(
  token: string,
  origin: RequestOrigin,
): Promise<Caller | undefined> {
  const holder = await findHolderOfToken(token);
  if (!holder) return undefined;
  const { session, now } = holder;
  keepSessionAlive(session.id, session.lastSeenAt, now);
  const capabilities = storedCapabilities.parse(holder.user.capabilities);
  return {
    ...identityOf(
      { ...holder, user: { ...holder.user, capabilities } },
      await policiesAt(holder.policiesVersion),
    ),
    proof: {
      type: "session",
      sessionId: session.id,
      provedAt: session.provedAt,
      now,
      mustChangePassword: session.mustChangePassword,
      ...secondFactorOf(holder),
      rules: storedSessionRules.parse(holder.rules ?? {}),
    },
    origin,
  };
}

function secondFactorOf({ user, secondFactorRules }: SessionHolder) {
  const { kind, hasSecondFactor, isAdministrator } = user;
  const rules = storedSecondFactorRules.parse(secondFactorRules ?? {});
  const lacksOne = kind === "local" && !hasSecondFactor;
  return {
    hasSecondFactor,
    mustEnrol: lacksOne && (rules.everybody || (rules.administrators && isAdministrator)),
    isKeptFromDatabasePasswords: lacksOne && rules.databasePasswords,
  };
}

/** The caller who signed a request, with the signature for the replay guard; undefined for every failure alike. */
export function callerFromSignature(
  request: RawRequest,
  origin: RequestOrigin,
): Promise<SignedCaller | undefined> {
  return authenticateRequest(request, origin).then((result) =>
    result.ok ? signedCaller(result, origin) : undefined,
  );
}

interface SignedCaller {
  readonly caller: Caller;
  readonly signature: string;
}

function signedCaller(
  { signer, credentialId, fingerprint, signature }: Extract<Authentication, { ok: true }>,
  origin: RequestOrigin,
): SignedCaller | Promise<SignedCaller> {
  const proof = { type: "signature", credentialId, fingerprint } as const;
  const withPolicies = (policies: PolicySet) => ({
    caller: { ...identityOf(signer, policies), proof, origin },
    signature,
  });
  const policies = policiesAt(signer.policiesVersion);
  return policies instanceof Promise ? policies.then(withPolicies) : withPolicies(policies);
}

function identityOf(
  { user, groups }: Pick<Signer, "groups"> & { user: Omit<Signer["user"], "state"> },
  policies: PolicySet,
) {
  return {
    userId: user.id,
    name: user.name,
    kind: user.kind,
    tenancyId: user.tenancyId,
    groups,
    policies,
    capabilities: user.capabilities,
    version: user.version,
  };
}

import "server-only";
import type { Caller, RequestOrigin } from "@/lib/domain/caller";
import { storedCapabilities } from "@/lib/domain/users/capabilities";
import { findHolderOfToken } from "@/lib/services/sessions/authenticate";
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
    ...identityOf({ ...holder, user: { ...holder.user, capabilities } }),
    proof: {
      type: "session",
      sessionId: session.id,
      provedAt: session.provedAt,
      now,
      mustChangePassword: session.mustChangePassword,
    },
    origin,
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
): SignedCaller {
  const proof = { type: "signature", credentialId, fingerprint } as const;
  return { caller: { ...identityOf(signer), proof, origin }, signature };
}

function identityOf({
  user,
  isAdministrator,
}: Pick<Signer, "isAdministrator"> & { user: Omit<Signer["user"], "state"> }) {
  return {
    userId: user.id,
    name: user.name,
    kind: user.kind,
    tenancyId: user.tenancyId,
    isAdministrator,
    capabilities: user.capabilities,
    version: user.version,
  };
}

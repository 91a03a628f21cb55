import "server-only";
import type { UserState } from "@/lib/domain/caller";

import { type Database, hotRows } from "./db";
import { standingsSql } from "./oauth-grants";

/** A secret that opens a client: of the credential itself, or of the one it replaces while that one is retiring. */
export interface ClientRow {
  credentialId: string;
  /** The credential that replaced it, as long as both open. */
  successorId: string | null;
  verifier: string | null;
  expiresAt: Date | null;
  disabledAt: Date | null;
  retiringUntil: Date | null;
  endedAt: Date | null;
  lastUsedAt: Date | null;
  details: unknown;
  /** Places, from 1, of the scopes that the owner may not have any more. */
  withheld: readonly number[];
  ownerId: string;
  ownerName: string;
  ownerState: UserState;
  capabilities: unknown;
  tenancyId: string;
  /** Whether the token that was asked about was revoked. */
  isRevoked: boolean;
  now: Date;
}

/**
 * Clients as they stand at this moment: everything that a token depends on, in one statement, for each the credential
 * itself and the one it replaced, which is no client of its own any more. `tokenId` is the token that is asked about, if one is.
 */
export function findClients(
  db: Database,
  {
    kind,
    clientIds,
    tokenId = "",
  }: { kind: string; clientIds: readonly string[]; tokenId?: string },
): Promise<ClientRow[]> {
  return hotRows(db, clientStatement, [kind, clientIds, tokenId], (rows: ClientRow[]) => rows);
}

const clientStatement = {
  name: "find_oauth_clients",
  text: `select c.id as "credentialId",
      case when c.retiring_until > now() then c.replaced_by_id end as "successorId", c.verifier, c.expires_at as "expiresAt",
      c.disabled_at as "disabledAt", c.retiring_until as "retiringUntil", c.ended_at as "endedAt",
      c.last_used_at as "lastUsedAt", c.details,
      u.id as "ownerId", u.name as "ownerName", u.state as "ownerState", u.capabilities,
      u.tenancy_id as "tenancyId", now() as now,
      exists (select 1 from oauth_revoked_tokens t where t.id = $3) as "isRevoked",
      (select coalesce(jsonb_agg(s.place), '[]')
        from (${standingsSql("c.details -> 'scopes'", "c.owner_id")}) s
        where s.standing = 'withheld' or (s.standing = 'unregistered' and not s.vouched)) as withheld
    from credentials c join users u on u.id = c.owner_id
    where c.kind = $1 and c.ended_at is null
      and ((c.id = any($2::text[]) and c.replaced_by_id is null) or (c.replaced_by_id = any($2::text[]) and c.retiring_until > now()))`,
};

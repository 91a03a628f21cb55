import "server-only";
import type { UserKind, UserState } from "@/lib/domain/caller";

import { type Database, hotRows } from "./db";
import type { MemberOf } from "./users";

export interface SignerRow {
  user: {
    id: string;
    tenancyId: string;
    name: string;
    kind: UserKind;
    state: UserState;
    capabilities: unknown;
    version: number;
  } | null;
  groups: readonly MemberOf[];
  policiesVersion: number;
  key: {
    id: string;
    details: unknown;
    expiresAt: Date | null;
    disabledAt: Date | null;
    retiringUntil: Date | null;
    endedAt: Date | null;
    lastUsedAt: Date | null;
  } | null;
  now: Date;
}

type Columns = NonNullable<SignerRow["user"]> & Omit<NonNullable<SignerRow["key"]>, "id">;

/** A row as selected: without such a user `id` is null, without such a key `keyId`, and with them all that is theirs. */
type FoundRow = Omit<Columns, "id"> & {
  id: string | null;
  keyId: string | null;
  groups: readonly MemberOf[];
  policiesVersion: number;
  now: Date;
};

/**
 * The owner a signed request names and, if it is theirs, the key, with database time: one statement, and the same one
 * when nobody has that name.
 */
export function findSigner<Judged>(
  db: Database,
  { tenancyId, userId, fingerprint }: { tenancyId: string; userId: string; fingerprint: string },
  judge: (found: SignerRow) => Judged,
): Promise<Judged> {
  const values = [tenancyId, userId, fingerprint];
  return hotRows(db, signerStatement, values, (rows: FoundRow[]) => judge(signerOf(rows)));
}

function signerOf([found]: FoundRow[]): SignerRow {
  if (!found) throw new Error("The tenancy is not in its own database.");
  const { id, keyId, groups, policiesVersion, now } = found;
  return {
    user: id === null ? null : userOf(id, found),
    groups,
    policiesVersion,
    key: keyId === null ? null : keyOf(keyId, found),
    now,
  };
}

function userOf(id: string, found: FoundRow): SignerRow["user"] {
  const { tenancyId, name, kind, state, capabilities, version } = found;
  return { id, tenancyId, name, kind, state, capabilities, version };
}

function keyOf(id: string, found: FoundRow): SignerRow["key"] {
  const { details, expiresAt, disabledAt, retiringUntil, endedAt, lastUsedAt } = found;
  return { id, details, expiresAt, disabledAt, retiringUntil, endedAt, lastUsedAt };
}

export const signerStatement = {
  name: "find_signer",
  text: `select u.id, t.id as "tenancyId", u.name, u.kind, u.state, u.capabilities, u.version,
      coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.id)
        from memberships m join groups g on g.id = m.group_id where m.user_id = u.id), '[]')
        as groups, t.policies_version as "policiesVersion",
      c.id as "keyId", c.details, c.expires_at as "expiresAt", c.disabled_at as "disabledAt",
      c.retiring_until as "retiringUntil", c.ended_at as "endedAt", c.last_used_at as "lastUsedAt",
      now() as now
    from tenancies t
    left join users u on u.tenancy_id = t.id and u.id = $2
    left join credentials c on c.owner_id = u.id and c.kind = 'api_key' and c.public_id = $3
      and c.ended_at is null
    where t.id = $1`,
};

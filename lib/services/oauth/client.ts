import "server-only";
import { reading } from "@/lib/data/db";
import { type ClientRow, findClients } from "@/lib/data/oauth-clients";
import { apiKey } from "@/lib/domain/credentials/api-key/kind";
import {
  oauthClientCredential,
  oauthClientDetails,
} from "@/lib/domain/credentials/oauth-client-credential/kind";
import { credentialState, isUsable, unreadableName } from "@/lib/domain/credentials/present";
import type { ClientRefusal } from "@/lib/domain/oauth/client-refusal";
import type { QualifiedScope } from "@/lib/domain/oauth/scopes";
import { parsedOnce, readOnce } from "@/lib/domain/parsed-once";
import { storedCapabilities } from "@/lib/domain/users/capabilities";

import { logUnreadable } from "../credentials/log-unreadable";
import { together } from "../together";

/** A client as it stands at this moment. */
export interface FoundClient {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly QualifiedScope[];
  /** Those of its scopes that its owner may not have any more. */
  readonly withheld: readonly QualifiedScope[];
  readonly expiresAt: Date | null;
  readonly owner: { readonly id: string; readonly name: string };
  readonly tenancyId: string;
  /** What closes it, whatever secret comes with it. */
  readonly closedBy: ClientRefusal | undefined;
  /** Its own secret and, during the overlap of a rotation, the one before. */
  readonly secrets: readonly ClientRow[];
  /** Whether its owner's API keys may sign for it. */
  readonly canUseApiKeys: boolean;
  readonly isRevoked: boolean;
  readonly now: Date;
}

/** By one statement, shared with the other requests of this instant. */
export async function clientNamed(clientId: string): Promise<FoundClient | undefined> {
  return clientOf(await rowsOfInstant(clientId), clientId);
}

/** The client that got a token, and whether it gave that token back. */
export async function clientWithToken(
  clientId: string,
  tokenId: string,
): Promise<FoundClient | undefined> {
  return clientOf(await readRows([clientId], tokenId), clientId);
}

const readRows = (clientIds: readonly string[], tokenId?: string) =>
  reading((db) =>
    findClients(db, {
      kind: oauthClientCredential.id,
      clientIds,
      ...(tokenId === undefined ? {} : { tokenId }),
    }),
  );

const rowsOfInstant = together((clientIds) => readRows(clientIds));

function clientOf(rows: readonly ClientRow[], clientId: string): FoundClient | undefined {
  const row = rows.find(({ credentialId }) => credentialId === clientId);
  if (!row) return undefined;
  const details = readDetails(row.details);
  if (!details)
    logUnreadable({ id: clientId, ownerId: row.ownerId, kind: oauthClientCredential.id });
  const { name, scopes } = details ?? { name: unreadableName, scopes: [] };
  return {
    id: clientId,
    name,
    scopes,
    withheld: scopes.filter((_scope, index) => row.withheld.includes(index + 1)),
    expiresAt: row.expiresAt,
    owner: { id: row.ownerId, name: row.ownerName },
    tenancyId: row.tenancyId,
    closedBy: closureOf(row) ?? (details ? undefined : "credential_unreadable"),
    secrets: rows.filter(
      (one) => (one === row || one.successorId === clientId) && isUsable(one, row.now),
    ),
    canUseApiKeys: readCapabilities(row.capabilities)[apiKey.capability],
    isRevoked: row.isRevoked,
    now: row.now,
  };
}

function closureOf(row: ClientRow): ClientRefusal | undefined {
  if (row.ownerState !== "active") return "user_suspended";
  if (!readCapabilities(row.capabilities)[oauthClientCredential.capability])
    return "capability_off";
  if (isUsable(row, row.now)) return undefined;
  return credentialState(row, row.now) === "disabled"
    ? "credential_disabled"
    : "credential_expired";
}

const readDetails = readOnce(oauthClientDetails);
const readCapabilities = parsedOnce(storedCapabilities);

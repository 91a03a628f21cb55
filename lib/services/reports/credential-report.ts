import "server-only";
import { z } from "zod";

import {
  countBlockedUsers,
  countInNeed,
  countWithoutSecondFactor,
  credentialsInNeed,
  reportedHoldings,
  reportedUsers,
} from "@/lib/data/credential-report";
import { databaseTime, type Tx } from "@/lib/data/db";
import { may } from "@/lib/domain/policy";
import { decodeCursor, encodeCursor } from "@/lib/domain/paging";
import { type Credential, secretMadeAt } from "@/lib/domain/credentials/present";
import { mostCounted } from "@/lib/domain/reports/counted";
import {
  type Attention,
  attentions,
  emptyRow,
  type ReportRow,
  reportRow,
} from "@/lib/domain/reports/credential-report";
import { kindById } from "@/lib/domain/credentials/registry";

import { query } from "../use-case";

const usersPerPage = 200;

/**
 * Every credential and console password of so many users, user by user, and a row of their own for those who hold none.
 * `page` goes on where the last one ended.
 */
export const readCredentialReport = query({
  name: "readCredentialReport",
  input: z.strictObject({
    page: z.string().max(512).optional(),
    /** Counts users. */
    limit: z.coerce.number().int().min(1).max(1_000).default(usersPerPage),
  }),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ReadCredentialReport"),
  run: async (tx, { caller: { tenancyId, userId }, input: { page, limit } }) => {
    const seal = { list: "credential-report", caller: userId };
    const [after = ""] = page === undefined ? [] : decodeCursor(page, seal);
    const found = await reportedUsers(tx, tenancyId, { after, limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    return {
      rows: await rowsOf(tx, found),
      nextPage: last ? encodeCursor([last.owner.id], seal) : null,
    };
  },
});

/** What deserves attention, as numbers. */
export const summarizeCredentials = query({
  name: "summarizeCredentials",
  input: z.strictObject({}),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ReadCredentialReport"),
  run: async (tx, { caller: { tenancyId } }) => {
    const most = mostCounted + 1;
    const [blocked, withoutSecondFactor, ...counts] = await Promise.all([
      countBlockedUsers(tx, tenancyId, most),
      countWithoutSecondFactor(tx, tenancyId, most),
      ...attentions.map((attention) => countInNeed(tx, attention, most)),
    ]);
    const inNeed = attentions.map((attention, place) => ({ attention, count: counts[place] ?? 0 }));
    return { blocked, withoutSecondFactor, inNeed };
  },
});

/** Credentials that want attention for one reason, the most pressing first. */
export const listCredentialsInNeed = query({
  name: "listCredentialsInNeed",
  input: z.strictObject({ attention: z.enum(attentions), page: z.string().max(512).optional() }),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ReadCredentialReport"),
  run: async (tx, { caller, input: { attention, page } }) => {
    const seal = { list: "credentials-in-need", attention, caller: caller.userId };
    const found = await credentialsInNeed(tx, attention, {
      limit: perPage,
      after: page === undefined ? undefined : positionOf(decodeCursor(page, seal)),
    });
    const now = await databaseTime(tx);
    const shown = found.slice(0, perPage);
    const last = found.length > perPage ? shown.at(-1)?.credential : undefined;
    return {
      rows: shown.map(({ owner, credential }) => rowOf(owner, credential, now)),
      nextPage: last ? encodeCursor([keyOf(attention, last).toISOString(), last.id], seal) : null,
    };
  },
});

const perPage = 50;

function positionOf([at = "", id = ""]: readonly string[]) {
  return { at: new Date(at), id };
}

function keyOf(
  attention: Attention,
  credential: Pick<Credential, "createdAt" | "secretReplacedAt" | "expiresAt">,
): Date {
  const { expiresAt } = credential;
  return attention === "expiring" && expiresAt !== null ? expiresAt : secretMadeAt(credential);
}

type Users = Awaited<ReturnType<typeof reportedUsers>>;
type Holdings = Awaited<ReturnType<typeof reportedHoldings>>;

async function rowsOf(tx: Tx, found: Users) {
  if (found.length === 0) return [];
  const { passwords, credentials } = await reportedHoldings(
    tx,
    found.map(({ owner }) => owner.id),
  );
  const now = await databaseTime(tx);
  const heldBy = byOwner(credentials);
  const passwordOf = new Map(passwords.map((password) => [password.ownerId, password]));
  return found.flatMap(({ owner, lastSignInAt }): ReportRow[] => {
    const password = passwordOf.get(owner.id);
    const held = (heldBy.get(owner.id) ?? []).map((credential) => rowOf(owner, credential, now));
    if (password) return [passwordRow(owner, password, lastSignInAt, now), ...held];
    return held.length === 0 ? [emptyRow(owner)] : held;
  });
}

function byOwner(credentials: Holdings["credentials"]) {
  const groups = new Map<string, Holdings["credentials"]>();
  for (const credential of credentials) {
    const group = groups.get(credential.ownerId);
    if (group) group.push(credential);
    else groups.set(credential.ownerId, [credential]);
  }
  return groups;
}

function rowOf(
  owner: Users[number]["owner"],
  credential: Holdings["credentials"][number],
  now: Date,
) {
  const name = kindById(credential.kind)?.label(credential.details) ?? null;
  return reportRow(owner, credential, name, now);
}

function passwordRow(
  owner: Users[number]["owner"],
  { createdAt, createdByName, expiresAt }: Holdings["passwords"][number],
  lastSignInAt: Date | null,
  now: Date,
) {
  const wasUsed = lastSignInAt !== null && lastSignInAt >= createdAt;
  const password = {
    kind: "console_password",
    id: null,
    publicId: null,
    createdAt,
    createdByName,
    secretReplacedAt: null,
    expiresAt,
    disabledAt: null,
    retiringUntil: null,
    lastUsedAt: wasUsed ? lastSignInAt : null,
    lastUsedAddress: null,
    lastUsedClient: null,
  };
  return reportRow(owner, password, null, now);
}

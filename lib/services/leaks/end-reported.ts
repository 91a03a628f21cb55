import "server-only";
import { runtime } from "@/lib/config/runtime";
import { insertAuditEvent } from "@/lib/data/audit";
import { findCredential } from "@/lib/data/credentials";
import { reading, transaction, type Tx } from "@/lib/data/db";
import type { LeasedMail } from "@/lib/data/mails";
import {
  addVerifier,
  findReported,
  findSealedWithoutVerifier,
  type ReportedCredential,
} from "@/lib/data/reported-credentials";
import { lockUser, type UserRow } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import type { Credential, EndedReason } from "@/lib/domain/credentials/present";
import { leakReport } from "@/lib/domain/leaks/leak-report";
import { addressesOf } from "@/lib/domain/mail/recipient";
import { credentialPlace } from "@/lib/domain/sealed-place";

import { eventWithoutCaller } from "../audit/record";
import { credentialInMail } from "../credentials/credential-in-mail";
import { endNote, endWhole } from "../credentials/end-whole";
import { secretVerifier } from "../credentials/secret-verifier";
import { enqueueMail } from "../mail/enqueue";
import { openSecret } from "../master-key/sealing";

/** Ends whatever of a leased report is real, and tells each owner. Done twice, the second time does nothing. */
export async function endReported(report: LeasedMail): Promise<void> {
  const { origin, ...wanted } = leakReport.parse(report.values);
  if (wanted.verifiers.length > 0) await addMissingVerifiers();
  for (const found of await reading((tx) => findReported(tx, wanted)))
    await transaction(async (tx) => {
      const owner = await lockUser(tx, found.ownerId);
      // Meanwhile the secret may have been replaced in its place: what was reported opens nothing then.
      const isStill = (await findReported(tx, wanted)).some(({ id }) => id === found.id);
      if (owner && isStill) await endOne(tx, owner, found, origin);
    });
}

/** Under its owner's lock. */
async function endOne(
  tx: Tx,
  owner: UserRow,
  found: ReportedCredential,
  origin: RequestOrigin,
): Promise<void> {
  const current = await findCredential(tx, owner.id, found.kind, { id: found.id });
  if (!current) return;
  const { credential, now } = current;
  const record = (ended: Credential, reason: EndedReason) =>
    insertAuditEvent(
      tx,
      eventWithoutCaller(origin, {
        action: "reportLeak",
        outcome: "done",
        via: "report",
        ...endNote(owner, ended, reason),
      }),
    );
  const end = { reason: "reported", byName: null } as const;
  await endWhole(tx, credential, end, (old) => record(old, "retired"));
  await record(credential, end.reason);
  await tellOwner(tx, owner, credential, now);
}

async function tellOwner(tx: Tx, owner: UserRow, credential: Credential, now: Date): Promise<void> {
  const values = { ...credentialInMail(owner, credential), endedAt: now.toISOString() };
  for (const recipient of addressesOf(owner))
    await enqueueMail(tx, {
      template: "credential_reported",
      userId: owner.id,
      recipient,
      values,
    });
}

/** What an earlier version sealed has no verifier to find it by. */
async function addMissingVerifiers(): Promise<void> {
  for (;;) {
    const rows = await reading((tx) => findSealedWithoutVerifier(tx, batchSize));
    let added = 0;
    for (const { sealedSecret, ...row } of rows) {
      const verifier = verifierOf(sealedSecret, row);
      if (verifier === undefined) continue;
      await reading((tx) => addVerifier(tx, row.id, verifier));
      added += 1;
    }
    if (added === 0 || rows.length < batchSize) return;
  }
}

function verifierOf(sealed: string | null, row: ReportedCredential): string | undefined {
  try {
    return secretVerifier(openSecret(sealed ?? "", credentialPlace(runtime().tenancy.id, row)));
  } catch (error) {
    runtime().log.error({ err: error, credential: row.id }, "a sealed secret cannot be opened");
    return undefined;
  }
}

const batchSize = 200;

import "server-only";
import { databaseTime, type Tx } from "@/lib/data/db";
import { findUser, type UserRow } from "@/lib/data/users";
import { deedReason } from "@/lib/domain/audit/deed-reason";
import { deedWords } from "@/lib/domain/audit/words";
import type { Caller } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";
import { accountPath, addressesOf } from "@/lib/domain/mail/recipient";

import type { AuditNote } from "./audit/record";
import { enqueueMail } from "./mail/enqueue";

/** Somebody whose credentials or password an act is about. */
export type Concerned = Pick<
  UserRow,
  "id" | "kind" | "name" | "email" | "provenEmail" | "ownerOfRecord" | "deputy"
>;

/** Takes the reason out of what came; the verb itself does not know it. */
export function takeReason(raw: unknown): { given: unknown; reason: string | undefined } {
  if (typeof raw !== "object" || raw === null || !("reason" in raw))
    return { given: raw, reason: undefined };
  const { reason, ...given } = raw;
  return { given, reason: parseInput(deedReason, reason) };
}

/** Throws `reason_required` in the console; the Identity API has no member for a reason. */
export function requireReason(
  { proof }: Caller,
  { name, kind }: Concerned,
  { reason, isEnd }: { reason: string | undefined; isEnd: boolean },
): void {
  if (proof.type !== "session" || reason !== undefined) return;
  const isService = kind === "service";
  const mailed = isService
    ? `Say why. Whoever answers for ${name} reads it in a mail`
    : `Say why. ${name} reads it in a mail if they have an address`;
  throw new AppError(
    "reason_required",
    // Nobody opens the Activity of who is gone.
    isEnd
      ? `${mailed}, and it stands in the audit log.`
      : isService
        ? `${mailed}, and it stands under Activity.`
        : `Say why. ${name} reads it under Activity, and in a mail if they have an address.`,
  );
}

/** The reason as the audit trail keeps it. */
export function withReason(note: AuditNote, reason: string | undefined): AuditNote {
  return reason === undefined ? note : { ...note, details: { ...note.details, because: reason } };
}

/**
 * Queues the mail that tells a person what somebody else did, in the transaction that does it. It goes to where their
 * news went before and to where they go from now on: whoever takes over an address must not be the only one to hear.
 */
export async function tellPerson(
  tx: Tx,
  person: Concerned,
  deed: { caller: Caller; action: string; note: AuditNote; reason: string | undefined },
): Promise<void> {
  const { caller, action, note, reason } = deed;
  const { subject, details = {} } = note;
  const values = {
    userName: person.name,
    activityPath: `${accountPath(person)}/activity`,
    isService: person.kind === "service",
    what: deedWords({ action, subject, details, reason: null }),
    byName: caller.name,
    byApi: caller.proof.type === "signature",
    at: (await databaseTime(tx)).toISOString(),
    reason: reason ?? null,
  };
  const after = await findUser(tx, person.id);
  const now = new Set(addressesOf(after ?? person));
  for (const recipient of new Set([...addressesOf(person), ...now])) {
    await enqueueMail(tx, {
      template: "done_on_behalf",
      userId: person.id,
      recipient,
      values: { ...values, isLastHere: !now.has(recipient), isGone: after === undefined },
    });
  }
}

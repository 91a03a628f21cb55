import "server-only";
import { databaseTime, reading, type Tx } from "@/lib/data/db";
import {
  awaitNextNotice,
  findNoticed,
  findNotices,
  findNoticesOf,
} from "@/lib/data/expiry-notices";
import type { LeasedMail } from "@/lib/data/mails";
import type { UserRow } from "@/lib/data/users";
import { deservesNotice } from "@/lib/domain/credentials/expiry";
import type { Credential } from "@/lib/domain/credentials/present";
import { addressesOf } from "@/lib/domain/mail/recipient";
import { expiryNotice } from "@/lib/domain/mail/credential-templates";

import { enqueueMail } from "../mail/enqueue";
import { credentialInMail } from "./credential-in-mail";
import { kindNamed } from "./kind-named";
import { ownerByOwner } from "./owner-by-owner";

/**
 * Writes to the owners of what expires in 30 days, in 7 and in one: once for each moment that comes, and for those that
 * passed while no server ran, or while nothing could be opened anyway (it was disabled, its owner suspended), one mail
 * in place of all. Answers how many moments it dealt with.
 */
export function announceExpiries(stopping: AbortSignal): Promise<number> {
  return ownerByOwner(stopping, {
    find: findNotices,
    work: async (tx, owner) => {
      if (owner.state !== "active") return 0;
      const due = await findNoticesOf(tx, owner.id);
      const now = await databaseTime(tx);
      for (const credential of due) {
        await tellOwner(tx, { owner, credential, now });
        await awaitNextNotice(tx, credential);
      }
      return due.length;
    },
  });
}

/** Whether a queued notice still tells the truth: it may have waited for a mail server. */
export async function isNoticeTrue({ userId, values }: LeasedMail): Promise<boolean> {
  const { credentialId, expiresAt } = expiryNotice.parse(values);
  return reading(async (tx) => {
    const found = await findNoticed(tx, { id: credentialId, ownerId: userId ?? "" });
    if (!found || found.credential.expiresAt?.toISOString() !== expiresAt) return false;
    return deservesNotice(found.credential, found.owner, await databaseTime(tx));
  });
}

type Notice = { owner: UserRow; credential: Credential; now: Date };

async function tellOwner(tx: Tx, { owner, credential, now }: Notice): Promise<void> {
  const { id, kind, publicId, expiresAt } = credential;
  if (expiresAt === null || !deservesNotice(credential, owner, now)) return;
  const values = {
    ...credentialInMail(owner, credential),
    credentialId: id,
    publicId,
    expiresAt: expiresAt.toISOString(),
    canRotate: kindNamed(kind).description.successor !== undefined,
  };
  const lifetimeSeconds = (expiresAt.getTime() - now.getTime()) / 1_000;
  for (const recipient of addressesOf(owner))
    await enqueueMail(tx, {
      template: "credential_expiring",
      userId: owner.id,
      recipient,
      values,
      lifetimeSeconds,
    });
}

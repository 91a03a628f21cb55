import "server-only";
import { runtime } from "@/lib/config/runtime";
import { reading, transaction, type Tx } from "@/lib/data/db";
import type { Due } from "@/lib/data/due-credentials";
import { lockUserUnlessBusy, type UserRow } from "@/lib/data/users";
import { isAppError } from "@/lib/domain/errors";

/** Work that the clock gives: what is due, and what to do about an owner's; `work` answers how much it did. */
interface ClockWork {
  readonly find: (tx: Tx, page: { after: Due | undefined; most: number }) => Promise<Due[]>;
  readonly work: (tx: Tx, owner: UserRow) => Promise<number>;
}

const mostAtOnce = 100;

/**
 * Does what is due, each owner's in one transaction under the owner's lock, in which `work` has to look anew what is
 * due. So any number of servers may be at it at once, and one that is killed leaves nothing half done. An owner whom
 * somebody else is at is passed over until the next round. Answers how much was done.
 */
export async function ownerByOwner(stopping: AbortSignal, given: ClockWork): Promise<number> {
  let done = 0;
  let after: Due | undefined;
  for (;;) {
    const due = await reading((tx) => given.find(tx, { after, most: mostAtOnce }));
    for (const ownerId of new Set(due.map((one) => one.ownerId))) {
      if (stopping.aborted) return done;
      done += await doOne(ownerId, given);
    }
    after = due.at(-1);
    if (due.length < mostAtOnce) return done;
  }
}

/** What stands in the way of one owner's is for the log: it must not hold up those of all others. */
async function doOne(ownerId: string, { work }: ClockWork): Promise<number> {
  try {
    return await transaction(async (tx) => {
      const owner = await lockUserUnlessBusy(tx, ownerId);
      return owner ? work(tx, owner) : 0;
    });
  } catch (error) {
    if (isAppError(error) && error.code === "unavailable") throw error;
    runtime().log.error({ err: error, owner: ownerId }, "what is due could not be done");
    return 0;
  }
}

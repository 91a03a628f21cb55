import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

import { runtime, single } from "@/lib/config/runtime";
import { type LastUse, recordLastUse } from "@/lib/data/credentials";
import { reading } from "@/lib/data/db";
import { durations } from "@/lib/domain/durations";

const flushMilliseconds = 2_000;
/** How often a stop insists while the database does not take what is pending, and how long it waits in between. */
const lastAttempts = { count: 8, pauseMilliseconds: 500 };

class LastUseRecorder {
  private readonly pending = new Map<string, LastUse>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  note(use: LastUse, writtenAt: Date | null): void {
    const sinceWritten = writtenAt === null ? Infinity : use.at.getTime() - writtenAt.getTime();
    if (sinceWritten < durations.lastUsePrecision * 1_000) return;
    this.pending.set(use.id, use);
    this.writeSoon();
  }

  /**
   * Writes what is pending, after what a round before this one has taken and not written yet. What the database does
   * not take stays pending for the next round. Answers whether nothing is left.
   */
  async flush(): Promise<boolean> {
    this.writing = this.writing.then(() => this.write());
    await this.writing;
    return this.pending.size === 0;
  }

  private writeSoon(): void {
    this.timer ??= setTimeout(() => void this.flush(), flushMilliseconds).unref();
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const uses = [...this.pending.values()];
    this.pending.clear();
    try {
      for (const use of uses) await reading((tx) => recordLastUse(tx, use));
    } catch (error) {
      for (const use of uses) if (!this.pending.has(use.id)) this.pending.set(use.id, use);
      this.writeSoon();
      runtime().log.warn({ err: error }, "last uses could not be written yet");
    }
  }
}

const recorder = () => single("last-use", () => new LastUseRecorder());

/** Notes that a credential opened something: written at most once a minute and credential, off the caller's path. */
export function noteLastUse(use: LastUse, writtenAt: Date | null): void {
  recorder().note(use, writtenAt);
}

/** Call at shutdown, when nobody notes any more: nothing noted is lost, unless the database stays away for seconds. */
export async function flushLastUses(): Promise<void> {
  for (let attempt = 1; !(await recorder().flush()); attempt += 1) {
    if (attempt === lastAttempts.count) return;
    await sleep(lastAttempts.pauseMilliseconds);
  }
}

import "server-only";
import { runtime, single } from "@/lib/config/runtime";
import { type LastUse, recordLastUse } from "@/lib/data/credentials";
import { reading } from "@/lib/data/db";

const flushMilliseconds = 2_000;
const onceAMinute = 60_000;

class LastUseRecorder {
  private readonly pending = new Map<string, LastUse>();
  private timer: NodeJS.Timeout | undefined;

  note(use: LastUse, writtenAt: Date | null): void {
    if (writtenAt !== null && use.at.getTime() - writtenAt.getTime() < onceAMinute) return;
    this.pending.set(use.id, use);
    this.timer ??= setTimeout(() => void this.flush(), flushMilliseconds).unref();
  }

  /** Writes what is pending; what the database would not take stays pending for the next round. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const uses = [...this.pending.values()];
    this.pending.clear();
    try {
      for (const use of uses) await reading((tx) => recordLastUse(tx, use));
    } catch (error) {
      for (const use of uses) if (!this.pending.has(use.id)) this.pending.set(use.id, use);
      this.timer ??= setTimeout(() => void this.flush(), flushMilliseconds).unref();
      runtime().log.warn({ err: error }, "last uses could not be written yet");
    }
  }
}

const recorder = () => single("last-use", () => new LastUseRecorder());

/** Notes that a credential opened something: written at most once a minute and credential, off the caller's path. */
export function noteLastUse(use: LastUse, writtenAt: Date | null): void {
  recorder().note(use, writtenAt);
}

/** Call at shutdown: nothing noted is lost. */
export async function flushLastUses(): Promise<void> {
  await recorder().flush();
}

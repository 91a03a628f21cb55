import "server-only";
import type { Tx } from "@/lib/data/db";
import { findSettings, type StoredSetting } from "@/lib/data/settings";
import { type SettingsOf, type Topic, topics } from "@/lib/domain/settings/topics";

/** A topic of the settings as it is in force. */
export interface Stored<T extends Topic> {
  readonly topic: T;
  readonly value: SettingsOf[T];
  /** Grows with every change. */
  readonly version: number;
}

/** A topic as it is in force; the defaults where nobody changed them. Read each time: every process obeys at once. */
export async function settingsOf<T extends Topic>(tx: Tx, topic: T): Promise<SettingsOf[T]> {
  return (await storedSetting(tx, topic)).value;
}

/** The same with its version. */
export async function storedSetting<T extends Topic>(tx: Tx, topic: T): Promise<Stored<T>> {
  const [found] = await findSettings(tx, [topic]);
  return parsed(topic, found);
}

/** Several topics in one statement. */
export async function storedSettings<T extends Topic>(
  tx: Tx,
  wanted: readonly T[],
): Promise<Stored<T>[]> {
  const found = new Map((await findSettings(tx, wanted)).map((row) => [row.key, row]));
  return wanted.map((topic) => parsed(topic, found.get(topic)));
}

function parsed<T extends Topic>(topic: T, row: StoredSetting | undefined): Stored<T> {
  return {
    topic,
    value: topics[topic].schema.parse(row?.value ?? {}),
    version: row?.version ?? firstVersion,
  };
}

/** What a topic that was never changed has, whether there is a row of it or not. */
const firstVersion = 1;

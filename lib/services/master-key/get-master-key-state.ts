import "server-only";
import { z } from "zod";

import { findMasterKey } from "@/lib/data/master-key";
import { listServers } from "@/lib/data/servers";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";
import { countOthers } from "./rewrap";

export interface MasterKeyView {
  /** A public name of the key, from which nothing about it follows. */
  readonly id: string;
  readonly since: string;
  /** When the last rotation was finished; null when there was none. */
  readonly rotatedAt: string | null;
  /** While a rotation is not finished: the key that is going, and how many values still need it. */
  readonly rotation: { readonly formerId: string; readonly left: number } | null;
  /** The servers that run, and whether each knows the key in force. */
  readonly servers: readonly { readonly name: string; readonly knowsIt: boolean }[];
}

/** Which master key is in force, since when, and how far a rotation has come. */
export const getMasterKeyState = query({
  name: "getMasterKeyState",
  input: z.strictObject({}),
  load: (tx) => findMasterKey(tx),
  authorize: (caller) => may(caller, "ReadSettings"),
  run: async (tx, { loaded: state }): Promise<MasterKeyView> => {
    const { currentId, previousId, since, rotatedAt } = state;
    const running = await listServers(tx);
    return {
      id: currentId,
      since: since.toISOString(),
      rotatedAt: rotatedAt?.toISOString() ?? null,
      rotation:
        previousId === null
          ? null
          : { formerId: previousId, left: await countOthers(tx, currentId) },
      servers: running.map(({ name, masterKeyIds }) => ({
        name,
        knowsIt: masterKeyIds.includes(currentId),
      })),
    };
  },
});

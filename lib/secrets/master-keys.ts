import "server-only";

import type { MasterKeys } from "@/lib/config/runtime";

import { sealingKeyId } from "./seal";

/** The master keys of a source that may change while the process runs. */
export function makeMasterKeys(load: () => readonly Uint8Array[]): MasterKeys {
  let known = byId(load());
  const refresh = () => {
    known = byId(load());
  };
  return {
    ids: () => [...known.keys()],
    find: (id) => {
      if (!known.has(id)) refresh();
      return known.get(id);
    },
    refresh,
  };
}

function byId(keys: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array> {
  return new Map(keys.map((key) => [sealingKeyId(key), key]));
}

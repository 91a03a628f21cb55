import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Registry } from "prom-client";

import type { Env } from "./env";

export interface Tenancy {
  readonly id: string;
  readonly name: string;
  readonly realm: string;
  readonly region: string;
}

/** The master keys that this process knows, by their public ids. */
export interface MasterKeys {
  /** Newest last. */
  ids(): readonly string[];
  /** Looks for keys that came since when the id is not known yet. */
  find(id: string): Uint8Array | undefined;
  /** Reads anew where they come from. */
  refresh(): void;
}

/**
 * What one process has one of. `server.ts` builds it before Next is loaded; Next's bundle and the server's read it
 * through `globalThis`, because each carries its own copy of every module (decisions.md 20).
 */
export interface Runtime {
  readonly env: Env;
  readonly log: Logger;
  readonly pool: Pool;
  /** They wrap what is sealed; two while one replaces the other. */
  readonly masterKeys: MasterKeys;
  /** Every derived key comes from it. Random, sealed in the database; it stays when the master key changes. */
  readonly rootKey: Uint8Array;
  readonly tenancy: Tenancy;
  readonly metrics: Registry;
  /** Per-process services that must not exist twice, by name; see `single()`. */
  readonly singles: Map<string, unknown>;
}

const slot = Symbol.for("latchkey.runtime");

type Holder = { [slot]?: Runtime };

export function runtime(): Runtime {
  const found = (globalThis as Holder)[slot];
  if (!found)
    throw new Error("The runtime is not started: server.ts builds it before anything else runs.");
  return found;
}

export function startRuntime(value: Runtime): void {
  (globalThis as Holder)[slot] = value;
}

/** The one instance of a per-process service, made at first use and shared by both bundles. */
export function single<T>(name: string, make: (runtime: Runtime) => T): T {
  const { singles } = runtime();
  if (!singles.has(name)) singles.set(name, make(runtime()));
  return singles.get(name) as T; // The name is owned by one module, so what is stored under it has that module's type.
}

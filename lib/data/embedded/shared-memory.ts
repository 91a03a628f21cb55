import { totalmem } from "node:os";

/**
 * What PostgreSQL keeps at hand of tables and indexes: an eighth of the memory that there is. It takes what it uses, so a
 * small database stays small; at a million users the way through an index is not read from files again and again.
 */
export function sharedMegabytes(bytes: number): number {
  return Math.floor(Math.max(64, Math.min(512, bytes / 8 / 2 ** 20)));
}

/** The memory of the machine, or of the container where that has less. */
export function memoryBytes(): number {
  // Zero says that it is not known; without a limit it is a number beyond every machine.
  return Math.min(process.constrainedMemory() || totalmem(), totalmem());
}

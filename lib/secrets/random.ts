import "server-only";

import { randomBytes, randomUUID } from "node:crypto";

import type { RandomSource } from "@/lib/domain/random";

/** The operating system's randomness, for everything the domain mints. */
export const random: RandomSource = (byteCount) => randomBytes(byteCount);

/** A name that nothing else has (RFC 9562, version 4), drawn many at a time: no secret hangs on it. */
export const randomName = (): string => randomUUID();

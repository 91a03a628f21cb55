import "server-only";

import { randomBytes } from "node:crypto";

import type { RandomSource } from "@/lib/domain/random";

/** The operating system's randomness, for everything the domain mints. */
export const random: RandomSource = (byteCount) => randomBytes(byteCount);

import { z } from "zod";

import type { CredentialView } from "./present";

/** Members that every credential model of the Identity API shares (identity-api.md 4). */
export const wireTime = z.iso.datetime();
export const wireState = {
  timeCreated: wireTime,
  lifecycleState: z.enum(["ACTIVE", "INACTIVE"]),
  inactiveStatus: z.int().optional(),
};

/** Bit 2 of `inactiveStatus`: disabled. A disabled or expired credential is INACTIVE on the wire (decisions.md 10). */
const disabledBit = 2;

export function wireStateOf(view: Pick<CredentialView, "state" | "createdAt">) {
  const isActive = view.state === "active" || view.state === "retiring";
  return {
    timeCreated: view.createdAt,
    lifecycleState: isActive ? ("ACTIVE" as const) : ("INACTIVE" as const),
    ...(isActive ? {} : { inactiveStatus: disabledBit }),
  };
}

/** `timeExpires`, which API keys do not have and Swift passwords call `expiresOn`. */
export const wireExpiry = { timeExpires: wireTime.optional() };

export function wireExpiryOf({ expiresAt }: Pick<CredentialView, "expiresAt">) {
  return expiresAt === null ? {} : { timeExpires: expiresAt };
}

/** Descriptions: the prose allows an empty one, Swagger says 1–400. */
export const wireDescription = z.string().max(400);

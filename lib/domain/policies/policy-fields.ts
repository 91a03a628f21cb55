import { z } from "zod";

import { groupName } from "../groups/group-name";
import { plainText } from "../text";
import { longestStatement, parseStatement } from "./parse";

/** As OCI bounds them (console-facts.md 7). */
export const mostStatements = 50;
export const mostPolicies = 100;

/** A policy's name is bounded as a group's; unique in the tenancy, whatever its case. */
export const policyName = groupName;

const statement = plainText({ least: 1, most: longestStatement })
  .transform((text) => text.trim())
  .superRefine((text, context) => {
    const parsed = parseStatement(text);
    if (parsed.ok) return;
    const { message, start } = parsed.problem;
    context.addIssue({ code: "custom", message: `At character ${start + 1}: ${message}` });
  });

export const statements = z
  .array(statement)
  .min(1, "A policy has at least one statement.")
  .max(mostStatements, `A policy has at most ${mostStatements} statements. Make another policy.`);

/**
 * The day whose meaning of the verbs a policy asks for; null: today's. Here that meaning never changed, so it is kept
 * and given back. The SDK for TypeScript sends an instant: its day counts.
 */
export const versionDate = z
  .union([z.literal(""), z.iso.date(), z.iso.datetime({ offset: true })], {
    error: "Use a day such as 2026-11-25, or leave it empty.",
  })
  .nullable()
  .transform((text) => (text === null || text === "" ? null : text.slice(0, 10)));

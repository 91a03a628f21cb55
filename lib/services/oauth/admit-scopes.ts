import "server-only";
import type { Tx } from "@/lib/data/db";
import { weighScopes } from "@/lib/data/oauth-grants";
import type { Caller } from "@/lib/domain/caller";
import { AppError, type FieldProblems } from "@/lib/domain/errors";
import { addedScopes, qualifiedScopes, type QualifiedScope } from "@/lib/domain/oauth/scopes";
import { mayEnterAnyAudience } from "@/lib/domain/policy";

import type { Admission } from "../credentials/admission";
import { oauthSettingsOf } from "./settings";

/**
 * Lets a credential have the scopes that are granted to its owner, and those of audiences that nobody registered where
 * the caller may enter such (decisions.md 11). What it has already is not asked for again.
 */
export const admitScopes: Admission = async (tx, { caller, owner, before, details }) => {
  const wanted = scopesOf(details);
  const placed = wanted.map((pair, place) => ({ ...pair, place }));
  const added = addedScopes(placed, before === undefined ? [] : scopesOf(before));
  if (added.length === 0) return;
  const weighed = await weighScopes(tx, owner.id, added);
  const mayEnter = await mayEnterUnregistered(tx, caller);
  const fields: FieldProblems = {};
  for (const { standing, place } of weighed) {
    if (standing === "withheld")
      fields[`scopes.${place}.scope`] =
        caller.userId === owner.id
          ? "This scope is not granted to you. An administrator can grant it to one of your groups."
          : `This scope is not granted to ${owner.name}. Grant it to one of their groups first.`;
    if (standing === "unregistered" && !mayEnter)
      fields[`scopes.${place}.audience`] =
        "Nobody registered this audience. An administrator can register it, or enter it for you.";
  }
  const sentences = [...new Set(Object.values(fields))];
  if (sentences.length > 0) throw new AppError("invalid_input", sentences.join(" "), { fields });
};

async function mayEnterUnregistered(tx: Tx, caller: Caller) {
  return mayEnterAnyAudience(caller, await oauthSettingsOf(tx)).allowed;
}

function scopesOf(details: Readonly<Record<string, unknown>>): readonly QualifiedScope[] {
  return qualifiedScopes.parse(details["scopes"]);
}

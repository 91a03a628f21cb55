import "server-only";
import type { Tx } from "@/lib/data/db";
import { weighScopes, type WeighedScope } from "@/lib/data/oauth-grants";
import { AppError, type FieldProblems } from "@/lib/domain/errors";
import { type HeldScope, heldScopes, isSameScope } from "@/lib/domain/oauth/scopes";
import { mayEnterAnyAudience } from "@/lib/domain/policy";

import type { Admission, AdmissionRequest } from "../credentials/admission";
import { oauthSettingsOf } from "./settings";

/**
 * Lets a credential have the scopes that are granted to its owner, and those of audiences that nobody registered where
 * the caller may enter such, which is then remembered (decisions.md 11). What it has already is not asked for again.
 */
export const admitScopes: Admission = async (tx, request) => {
  const had = request.before === undefined ? [] : scopesOf(request.before);
  const placed = scopesOf(request.details).map((wanted, place) => ({
    place,
    ...(had.find((pair) => isSameScope(pair, wanted)) ?? wanted),
  }));
  const added = placed.filter((wanted) => !had.some((pair) => isSameScope(pair, wanted)));
  const weighed = await weighScopes(tx, request.owner.id, added);
  await refuseProblems(tx, request, weighed);
  const scopes = placed.map(({ place, ...pair }): HeldScope => {
    const isEntered = weighed.some((one) => one.place === place && one.standing === "unregistered");
    return isEntered ? { ...pair, isEntered } : pair;
  });
  return { ...request.details, scopes };
};

async function refuseProblems(
  tx: Tx,
  { caller, owner }: AdmissionRequest,
  weighed: readonly WeighedScope<HeldScope & { place: number }>[],
): Promise<void> {
  const mayEnter = mayEnterAnyAudience(caller, await oauthSettingsOf(tx)).allowed;
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
}

function scopesOf(details: Readonly<Record<string, unknown>>): readonly HeldScope[] {
  return heldScopes.parse(details["scopes"]);
}

import "server-only";
import { z } from "zod";

import type { Tx } from "@/lib/data/db";
import { findGroup, findGroupsCalled, listGroups } from "@/lib/data/groups";
import { readStatements } from "@/lib/data/policies";
import { findUser, findUserByNameKey } from "@/lib/data/users";
import type { FieldProblems } from "@/lib/domain/errors";
import { AppError } from "@/lib/domain/errors";
import type { GroupRef } from "@/lib/domain/policies/authority";
import type { SilentStatement } from "@/lib/domain/policies/explain";
import { type OperationName, operationNames, ruleOf } from "@/lib/domain/policies/operations";
import { parseStatement } from "@/lib/domain/policies/parse";
import { whySilent } from "@/lib/domain/policies/why-silent";
import { explainAnswer, may } from "@/lib/domain/policy";
import { userNameKey } from "@/lib/domain/users/user-name";

import { query } from "../use-case";

/** A user or group by OCID, or by name whatever its case. */
const named = z.string().trim().max(200);

/**
 * “May U do O on T?”, and the statements that decide it. Throws `invalid_input` with the field that names nobody, or
 * that the operation needs.
 */
export const explainPolicies = query({
  name: "explainPolicies",
  input: z.strictObject({
    user: named,
    operation: z.enum(operationNames, "Choose what the user would do."),
    targetUser: named.optional(),
    targetGroup: named.optional(),
  }),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ExplainPolicies"),
  run: async (tx, { caller, input: { user: wanted, operation, ...given } }) => {
    const user = await userNamed(tx, wanted);
    const target = await targetOf(tx, caller.tenancyId, operation, given);
    const problems: FieldProblems = {
      ...(!user && { user: wanted === "" ? "Name a user." : noUser }),
      ...target.problems,
    };
    const sentences = Object.values(problems);
    if (!user || sentences.length > 0)
      throw new AppError("invalid_input", sentences.join(" "), { fields: problems });
    const { policies } = await readStatements(tx, caller.tenancyId);
    const placed = policies.flatMap(({ id, name, statements }) =>
      statements.flatMap((text) => {
        const parsed = parseStatement(text);
        return parsed.ok ? [{ policy: { id, name }, statement: parsed.value }] : [];
      }),
    );
    const actor = { userId: user.id, groups: user.groups, policies: caller.policies };
    const { silent, ...answer } = explainAnswer(actor, operation, target.value, placed);
    return {
      user: { id: user.id, name: user.name, isSuspended: user.state === "suspended" },
      groups: user.groups,
      ...target.names,
      answer,
      silent: await withReasons(tx, caller.tenancyId, user, silent.slice(0, mostSilent)),
      silentCount: silent.length,
    };
  },
});

/** So many statements that say nothing of somebody are told, those that would decide first. */
const mostSilent = 100;

async function withReasons(
  tx: Tx,
  tenancyId: string,
  person: { name: string; groups: readonly GroupRef[] },
  silent: readonly SilentStatement[],
) {
  const references = silent.flatMap(({ subject }) =>
    subject.kind === "groups" ? subject.groups : [],
  );
  const known = await findGroupsCalled(tx, tenancyId, {
    ids: references.flatMap((reference) => ("id" in reference ? [reference.id] : [])),
    names: references.flatMap((reference) => ("name" in reference ? [reference.name] : [])),
  });
  return silent.map(({ subject, ...statement }) => ({
    ...statement,
    because: whySilent(subject, person, known),
  }));
}

const noUser = "No user has this name or OCID.";

async function targetOf(
  tx: Tx,
  tenancyId: string,
  operation: OperationName,
  {
    targetUser = "",
    targetGroup = "",
  }: { targetUser?: string | undefined; targetGroup?: string | undefined },
) {
  const { about } = ruleOf(operation);
  const wantsUser = about === "user" || about === "membership";
  const wantsGroup = about === "group" || about === "membership";
  const user = wantsUser ? await userNamed(tx, targetUser) : undefined;
  const group = wantsGroup ? await groupNamed(tx, tenancyId, targetGroup) : undefined;
  return {
    value: { ...(user && { user }), ...(group && { group }) },
    names: { targetUser: user?.name, targetGroup: group?.name },
    problems: {
      ...(wantsUser &&
        !user && { targetUser: targetUser === "" ? "Name the user it is done to." : noUser }),
      ...(wantsGroup &&
        !group && {
          targetGroup: targetGroup === "" ? "Name the group." : "No group has this name or OCID.",
        }),
    },
  };
}

async function userNamed(tx: Tx, text: string) {
  if (text === "") return undefined;
  if (text.startsWith("ocid1.")) return findUser(tx, text);
  const found = await findUserByNameKey(tx, userNameKey(text));
  return found && findUser(tx, found.id);
}

async function groupNamed(tx: Tx, tenancyId: string, text: string) {
  if (text === "") return undefined;
  if (text.startsWith("ocid1.")) return findGroup(tx, text);
  const page = { limit: 1, sortBy: "NAME", sortOrder: "ASC" } as const;
  return (await listGroups(tx, tenancyId, { name: text }, page))[0];
}

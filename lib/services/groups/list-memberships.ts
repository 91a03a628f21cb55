import "server-only";
import { z } from "zod";

import type { Tx } from "@/lib/data/db";
import { findGroup, listMemberships as selectMemberships } from "@/lib/data/groups";
import { findUser } from "@/lib/data/users";
import { presentMembership } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";

import { pageFields, pageOf, pageRequest } from "../paged";
import { query } from "../use-case";

const input = z
  .strictObject({
    userId: z.string().optional(),
    groupId: z.string().optional(),
    search: z.string().trim().max(200).optional(),
    ...pageFields,
  })
  .refine(
    ({ userId, groupId }) => userId !== undefined || groupId !== undefined,
    "Name a user, a group or both.",
  );

/**
 * Who is in which group. `search` is parts of the user's name, in any order, or how it begins: what no index finds in the
 * middle is looked for there alone. A user may read their own memberships.
 */
export const listMemberships = query({
  name: "listMemberships",
  input,
  load: async (tx, { userId, groupId, search, ...page }, caller) => {
    const filter = { userId, groupId, search };
    const request = pageRequest(page, { list: "memberships", ...filter }, caller);
    const rows = await selectMemberships(tx, caller.tenancyId, filter, request);
    return { request, rows, ...(await namesOf(tx, { userId, groupId }, rows[0])) };
  },
  authorize: (caller, { userName, groupName }, { userId, groupId }) =>
    userId === undefined
      ? may(caller, "ListGroupMembers", { group: { id: groupId ?? "", name: groupName } })
      : may(caller, "ListUserGroupMemberships", { user: { id: userId, name: userName } }),
  run: (_tx, { loaded: { request, rows } }) => pageOf(rows, request, presentMembership),
});

/** The names that policies may ask about come with the memberships; only of none they have to be looked up. */
async function namesOf(
  tx: Tx,
  { userId, groupId }: { userId?: string | undefined; groupId?: string | undefined },
  first: { userName: string; groupName: string } | undefined,
) {
  if (first) return { userName: first.userName, groupName: first.groupName };
  const user = userId === undefined ? undefined : await findUser(tx, userId);
  const group = groupId === undefined ? undefined : await findGroup(tx, groupId);
  return { userName: user?.name ?? "", groupName: group?.name ?? "" };
}

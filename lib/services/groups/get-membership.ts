import "server-only";
import { z } from "zod";

import { findMembership } from "@/lib/data/groups";
import { presentMembership } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

export const getMembership = query({
  name: "getMembership",
  input: z.strictObject({ membershipId: z.string() }),
  load: (tx, { membershipId }) => findMembership(tx, membershipId),
  authorize: (caller, { userId, userName, groupId, groupName }) =>
    may(caller, "GetUserGroupMembership", {
      user: { id: userId, name: userName },
      group: { id: groupId, name: groupName },
    }),
  run: (_tx, { loaded: membership }) => presentMembership(membership),
});

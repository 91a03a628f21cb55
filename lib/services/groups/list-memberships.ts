import "server-only";
import { z } from "zod";

import { listMemberships as selectMemberships } from "@/lib/data/groups";
import { presentMembership } from "@/lib/domain/groups/present";
import { mayAdministrate, mayReadUser } from "@/lib/domain/policy";

import { pageFields, pageOf, pageRequest } from "../paged";
import { query } from "../use-case";

const input = z
  .strictObject({ userId: z.string().optional(), groupId: z.string().optional(), ...pageFields })
  .refine(
    ({ userId, groupId }) => userId !== undefined || groupId !== undefined,
    "Name a user, a group or both.",
  );

/** Who is in which group. A user may read their own memberships. */
export const listMemberships = query({
  name: "listMemberships",
  input,
  load: async (_tx, _input, caller) => ({ tenancyId: caller.tenancyId }),
  authorize: (caller, { tenancyId }, { userId }) =>
    userId === undefined ? mayAdministrate(caller) : mayReadUser(caller, { id: userId, tenancyId }),
  run: async (tx, { caller, input: { userId, groupId, ...page } }) => {
    const request = pageRequest(page, { list: "memberships", userId, groupId }, caller);
    return pageOf(
      await selectMemberships(tx, caller.tenancyId, { userId, groupId }, request),
      request,
      presentMembership,
    );
  },
});

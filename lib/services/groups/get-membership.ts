import "server-only";
import { z } from "zod";

import { findMembership } from "@/lib/data/groups";
import { presentMembership } from "@/lib/domain/groups/present";
import { mayReadUser } from "@/lib/domain/policy";

import { query } from "../use-case";

export const getMembership = query({
  name: "getMembership",
  input: z.strictObject({ membershipId: z.string() }),
  load: (tx, { membershipId }) => findMembership(tx, membershipId),
  authorize: (caller, { userId, tenancyId }) => mayReadUser(caller, { id: userId, tenancyId }),
  run: (_tx, { loaded: membership }) => presentMembership(membership),
});

import "server-only";
import { z } from "zod";

import { countMembers as selectCounts } from "@/lib/data/groups";
import { mostCounted } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

/** How many members each of these groups has, as far as `mostCounted`. */
export const countMembers = query({
  name: "countMembers",
  input: z.strictObject({ groupIds: z.array(z.string()).max(1_000) }),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ListGroups"),
  run: async (tx, { input: { groupIds } }) =>
    Object.fromEntries(await selectCounts(tx, groupIds, mostCounted + 1)),
});

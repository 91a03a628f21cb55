import "server-only";
import { z } from "zod";

import { findGroup } from "@/lib/data/groups";
import { presentGroup } from "@/lib/domain/groups/present";
import { mayAdministrate } from "@/lib/domain/policy";

import { query } from "../use-case";

export const getGroup = query({
  name: "getGroup",
  input: z.strictObject({ groupId: z.string() }),
  load: (tx, { groupId }) => findGroup(tx, groupId),
  authorize: (caller) => mayAdministrate(caller),
  run: (_tx, { loaded: group }) => presentGroup(group),
});

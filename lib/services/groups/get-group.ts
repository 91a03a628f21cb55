import "server-only";
import { z } from "zod";

import { findGroup } from "@/lib/data/groups";
import { presentGroup } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

export const getGroup = query({
  name: "getGroup",
  input: z.strictObject({ groupId: z.string() }),
  load: (tx, { groupId }) => findGroup(tx, groupId),
  authorize: (caller, group) => may(caller, "GetGroup", { group }),
  run: (_tx, { loaded: group }) => presentGroup(group),
});

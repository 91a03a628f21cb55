import "server-only";

import { z } from "zod";

import { listUserLimits as selectUserLimits } from "@/lib/data/limits";
import { every, may } from "@/lib/domain/policy";

import { pageFields, pageOf, pageRequest } from "../paged";
import { query } from "../use-case";

/** Who has limits of their own, and which, A to Z by keyset pages. */
export const listUserLimits = query({
  name: "listUserLimits",
  input: z.strictObject(pageFields),
  load: async () => ({}),
  authorize: (caller) => every([may(caller, "ReadSettings"), may(caller, "ListUsers")]),
  run: async (tx, { caller, input }) => {
    const request = pageRequest(
      { ...input, sortBy: "NAME", sortOrder: "ASC" },
      { list: "userLimits" },
      caller,
    );
    const rows = await selectUserLimits(tx, caller.tenancyId, request);
    return pageOf(rows, request, ({ id, name, own }) => ({ userId: id, userName: name, own }));
  },
});

import "server-only";
import { z } from "zod";

import { listGroups as selectGroups } from "@/lib/data/groups";
import { presentGroup } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";

import { pageFields, pageOf, pageRequest, sortFields } from "../paged";
import { query } from "../use-case";

/** The tenancy's groups by keyset pages; `search` matches any part of name and description. */
export const listGroups = query({
  name: "listGroups",
  input: z.strictObject({
    name: z.string().optional(),
    search: z.string().trim().max(200).optional(),
    ...pageFields,
    ...sortFields,
  }),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ListGroups"),
  run: async (tx, { caller, input: { name, search, ...page } }) => {
    const request = pageRequest(page, { list: "groups", name, search }, caller);
    return pageOf(
      await selectGroups(tx, caller.tenancyId, { name, search }, request),
      request,
      presentGroup,
    );
  },
});

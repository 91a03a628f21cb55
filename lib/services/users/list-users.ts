import "server-only";
import { z } from "zod";

import { listUsers as selectUsers } from "@/lib/data/users-list";
import { may } from "@/lib/domain/policy";
import { presentUser } from "@/lib/domain/users/present";

import { pageFields, pageOf, pageRequest, sortFields } from "../paged";
import { query } from "../use-case";

const input = z.strictObject({
  name: z.string().optional(),
  search: z.string().trim().max(200).optional(),
  state: z.enum(["ACTIVE", "INACTIVE"]).optional(),
  standing: z.enum(["active", "blocked", "suspended", "invited"]).optional(),
  identityProviderId: z.string().optional(),
  externalIdentifier: z.string().optional(),
  kind: z.enum(["local", "federated", "service"]).optional(),
  holdsOld: z.boolean().optional(),
  lacksSecondFactor: z.boolean().optional(),
  ...pageFields,
  ...sortFields,
});

/**
 * The tenancy's users by keyset pages. `search` is parts of one name, e-mail address or database user name, in any order,
 * or how it begins: what no index finds in the middle is looked for there alone. Or it is how an OCID begins. In the order
 * of names, those whose name begins with it come first.
 */
export const listUsers = query({
  name: "listUsers",
  input,
  load: async () => ({}),
  authorize: (caller) => may(caller, "ListUsers"),
  run: async (tx, { caller, input: { limit, page, sortBy, sortOrder, ...asked } }) => {
    const request = pageRequest(
      { limit, page, sortBy, sortOrder },
      { list: "users", ...asked },
      caller,
    );
    const rows = await selectUsers(tx, caller.tenancyId, asked, request);
    // Where many are found, those whose name does not begin with what is searched for have no order by name.
    const isMixed = sortBy === "NAME" && rows.some(({ part }) => part === "many");
    return { ...pageOf(rows, request, presentUser), isMixed };
  },
});

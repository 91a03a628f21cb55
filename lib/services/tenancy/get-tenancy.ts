import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { may } from "@/lib/domain/policy";
import { regionNamed } from "@/lib/domain/tenancy/regions";

import { query } from "../use-case";

/** The tenancy with its one region, which is home; every caller of the tenancy may read it. */
export const getTenancy = query({
  name: "getTenancy",
  input: z.strictObject({ tenancyId: z.string() }),
  load: async (_tx, { tenancyId }) =>
    tenancyId === runtime().tenancy.id ? runtime().tenancy : undefined,
  authorize: (caller) => may(caller, "GetTenancy"),
  run: (_tx, { loaded: { id, name, region } }) => ({ id, name, region: regionNamed(region) }),
});

import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { findTenancy } from "@/lib/data/tenancies";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

/** The root compartment, which is the tenancy itself; there is no other. Every caller of the tenancy may read it. */
export const getCompartment = query({
  name: "getCompartment",
  input: z.strictObject({ compartmentId: z.string() }),
  load: async (tx, { compartmentId }) =>
    compartmentId === runtime().tenancy.id ? findTenancy(tx) : undefined,
  authorize: (caller) => may(caller, "GetCompartment"),
  run: (_tx, { loaded: { id, name, createdAt } }) => ({
    id,
    name,
    createdAt: createdAt.toISOString(),
  }),
});

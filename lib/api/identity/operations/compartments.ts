import { z } from "zod";

import { etagOf } from "@/lib/domain/etag";
import { getCompartment } from "@/lib/services/tenancy/get-compartment";

import { namedListQuery, requireTenancy } from "../lists";
import { compartmentModel } from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "Compartments";

const listQuery = z.object({
  ...namedListQuery,
  accessLevel: z.enum(["ANY", "ACCESSIBLE"]).optional(),
  compartmentIdInSubtree: z.enum(["true", "false"]).optional(),
});

/** There is the root compartment and nothing in it: Terraform, CLI and SDKs look for it before anything else. */
export const compartmentOperations: readonly Operation[] = [
  defineOperation({
    operationId: "ListCompartments",
    method: "GET",
    path: "/compartments",
    tag,
    query: listQuery,
    reply: { ...compartmentModel, isList: true },
    useCase: getCompartment,
    toInput: ({ caller, query: { compartmentId } }) => {
      requireTenancy(caller, compartmentId);
      return { compartmentId };
    },
    // The compartments in the root; the root is never in its own list.
    present: () => [],
    nextPage: () => null,
  }),
  defineOperation({
    operationId: "GetCompartment",
    method: "GET",
    path: "/compartments/:compartmentId",
    tag,
    reply: compartmentModel,
    useCase: getCompartment,
    toInput: ({ params }) => ({ compartmentId: params("compartmentId") }),
    present: ({ id, name, createdAt }) => ({
      id,
      compartmentId: id,
      name,
      description: name,
      timeCreated: createdAt,
      lifecycleState: "ACTIVE",
      isAccessible: true,
      freeformTags: {},
      definedTags: {},
    }),
    etag: () => etagOf(1),
  }),
];

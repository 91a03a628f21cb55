import { z } from "zod";

import { getTenancy } from "@/lib/services/tenancy/get-tenancy";

import { compartmentQuery } from "../lists";
import {
  availabilityDomainModel,
  regionModel,
  regionSubscriptionModel,
  tenancyModel,
} from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "Tenancy";

export const tenancyOperations: readonly Operation[] = [
  defineOperation({
    operationId: "GetTenancy",
    method: "GET",
    path: "/tenancies/:tenancyId",
    tag,
    reply: tenancyModel,
    useCase: getTenancy,
    toInput: ({ params }) => ({ tenancyId: params("tenancyId") }),
    present: ({ id, name, region }) => ({
      id,
      name,
      description: name,
      homeRegionKey: region.key,
      freeformTags: {},
      definedTags: {},
    }),
  }),
  defineOperation({
    operationId: "ListRegions",
    method: "GET",
    path: "/regions",
    tag,
    reply: { ...regionModel, isList: true },
    useCase: getTenancy,
    toInput: ({ caller }) => ({ tenancyId: caller.tenancyId }),
    present: ({ region }) => [region],
  }),
  defineOperation({
    operationId: "ListRegionSubscriptions",
    method: "GET",
    path: "/tenancies/:tenancyId/regionSubscriptions",
    tag,
    reply: { ...regionSubscriptionModel, isList: true },
    useCase: getTenancy,
    toInput: ({ params }) => ({ tenancyId: params("tenancyId") }),
    present: ({ region: { key, name } }) => [
      { regionKey: key, regionName: name, status: "READY", isHomeRegion: true },
    ],
  }),
  defineOperation({
    operationId: "ListAvailabilityDomains",
    method: "GET",
    path: "/availabilityDomains",
    tag,
    query: z.object(compartmentQuery),
    reply: { ...availabilityDomainModel, isList: true },
    useCase: getTenancy,
    toInput: ({ query }) => ({ tenancyId: query.compartmentId }),
    // The one domain there is; the tenancy's own unique part keeps its identifier the same for ever.
    present: ({ id, region }) => [
      {
        name: `${region.name.toUpperCase()}-AD-1`,
        id: id.replace("ocid1.tenancy.", "ocid1.availabilitydomain."),
        compartmentId: id,
      },
    ],
  }),
];

import { z } from "zod";

import { etagOf } from "@/lib/domain/etag";
import type { PolicyView } from "@/lib/domain/policies/present";
import { createPolicy } from "@/lib/services/policies/create-policy";
import { deletePolicy } from "@/lib/services/policies/delete-policy";
import { getPolicy } from "@/lib/services/policies/get-policy";
import { listPolicies } from "@/lib/services/policies/list-policies";
import { updatePolicy } from "@/lib/services/policies/update-policy";

import { given, isNamed, mayHold, namedListQuery, requireTenancy } from "../lists";
import { createPolicyDetails, policyModel, updatePolicyDetails } from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "Policies";
const one = {
  tag,
  reply: policyModel,
  present: wirePolicy,
  etag: ({ version }: PolicyView) => etagOf(version),
} as const;

const listQuery = z.object(namedListQuery);

export const policyOperations: readonly Operation[] = [
  defineOperation({
    operationId: "ListPolicies",
    method: "GET",
    path: "/policies",
    tag,
    query: listQuery,
    reply: { ...policyModel, isList: true },
    useCase: listPolicies,
    toInput: ({ caller, query }) => {
      requireTenancy(caller, query.compartmentId);
      return given(query, "name", "limit", "page", "sortBy", "sortOrder");
    },
    present: ({ items }, { query }) =>
      mayHold(query) ? items.filter((policy) => isNamed(query, policy)).map(wirePolicy) : [],
    nextPage: ({ nextPage }, { query }) => (mayHold(query) ? nextPage : null),
  }),
  defineOperation({
    ...one,
    operationId: "CreatePolicy",
    method: "POST",
    path: "/policies",
    details: createPolicyDetails,
    isCreate: true,
    useCase: createPolicy,
    toInput: ({ caller, details: { compartmentId, ...policy } }) => {
      requireTenancy(caller, compartmentId);
      return policy;
    },
  }),
  defineOperation({
    ...one,
    operationId: "GetPolicy",
    method: "GET",
    path: "/policies/:policyId",
    useCase: getPolicy,
    toInput: ({ params }) => ({ policyId: params("policyId") }),
  }),
  defineOperation({
    ...one,
    operationId: "UpdatePolicy",
    method: "PUT",
    path: "/policies/:policyId",
    details: updatePolicyDetails,
    honoursIfMatch: true,
    useCase: updatePolicy,
    toInput: ({ params, details }) => ({ policyId: params("policyId"), ...details }),
  }),
  defineOperation({
    operationId: "DeletePolicy",
    method: "DELETE",
    path: "/policies/:policyId",
    tag,
    honoursIfMatch: true,
    useCase: deletePolicy,
    toInput: ({ params }) => ({ policyId: params("policyId") }),
  }),
];

function wirePolicy(policy: PolicyView) {
  return {
    id: policy.id,
    compartmentId: policy.tenancyId,
    name: policy.name,
    description: policy.description,
    statements: policy.statements,
    timeCreated: policy.createdAt,
    lifecycleState: "ACTIVE",
    versionDate: policy.versionDate,
    freeformTags: policy.freeformTags,
    definedTags: policy.definedTags,
  };
}

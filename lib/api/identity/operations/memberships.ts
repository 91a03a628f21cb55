import { z } from "zod";

import { etagOf } from "@/lib/domain/etag";
import type { MembershipView } from "@/lib/domain/groups/present";
import { addUserToGroup } from "@/lib/services/groups/add-user-to-group";
import { getMembership } from "@/lib/services/groups/get-membership";
import { listMemberships } from "@/lib/services/groups/list-memberships";
import { removeUserFromGroup } from "@/lib/services/groups/remove-user-from-group";

import { compartmentQuery, given, idQuery, pageQuery, requireTenancy } from "../lists";
import { addUserToGroupDetails, membershipModel } from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "Memberships";
const one = {
  tag,
  reply: membershipModel,
  present: wireMembership,
  /** A membership is made and ended, never changed. */
  etag: () => etagOf(1),
} as const;

const listQuery = z.object({
  ...compartmentQuery,
  userId: idQuery,
  groupId: idQuery,
  ...pageQuery,
});

export const membershipOperations: readonly Operation[] = [
  defineOperation({
    operationId: "ListUserGroupMemberships",
    method: "GET",
    path: "/userGroupMemberships",
    tag,
    query: listQuery,
    reply: { ...membershipModel, isList: true },
    useCase: listMemberships,
    toInput: ({ caller, query }) => {
      requireTenancy(caller, query.compartmentId);
      return given(query, "userId", "groupId", "limit", "page");
    },
    present: ({ items }) => items.map(wireMembership),
    nextPage: ({ nextPage }) => nextPage,
  }),
  defineOperation({
    ...one,
    operationId: "AddUserToGroup",
    method: "POST",
    path: "/userGroupMemberships",
    details: addUserToGroupDetails,
    isCreate: true,
    useCase: addUserToGroup,
    toInput: ({ details }) => details,
  }),
  defineOperation({
    ...one,
    operationId: "GetUserGroupMembership",
    method: "GET",
    path: "/userGroupMemberships/:userGroupMembershipId",
    useCase: getMembership,
    toInput: ({ params }) => ({ membershipId: params("userGroupMembershipId") }),
  }),
  defineOperation({
    operationId: "RemoveUserFromGroup",
    method: "DELETE",
    path: "/userGroupMemberships/:userGroupMembershipId",
    tag,
    honoursIfMatch: true,
    useCase: removeUserFromGroup,
    toInput: ({ params }) => ({ membershipId: params("userGroupMembershipId") }),
  }),
];

function wireMembership({ id, tenancyId, userId, groupId, createdAt }: MembershipView) {
  return {
    id,
    compartmentId: tenancyId,
    userId,
    groupId,
    timeCreated: createdAt,
    lifecycleState: "ACTIVE",
  };
}

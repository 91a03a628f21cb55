import { z } from "zod";

import { etagOf } from "@/lib/domain/etag";
import type { GroupView } from "@/lib/domain/groups/present";
import { createGroup } from "@/lib/services/groups/create-group";
import { deleteGroup } from "@/lib/services/groups/delete-group";
import { getGroup } from "@/lib/services/groups/get-group";
import { listGroups } from "@/lib/services/groups/list-groups";
import { updateGroup } from "@/lib/services/groups/update-group";

import { given, isNamed, mayHold, namedListQuery, requireTenancy } from "../lists";
import { createGroupDetails, groupModel, updateGroupDetails } from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "Groups";
const one = {
  tag,
  reply: groupModel,
  present: wireGroup,
  etag: ({ version }: GroupView) => etagOf(version),
} as const;

const listQuery = z.object(namedListQuery);

export const groupOperations: readonly Operation[] = [
  defineOperation({
    operationId: "ListGroups",
    method: "GET",
    path: "/groups",
    tag,
    query: listQuery,
    reply: { ...groupModel, isList: true },
    useCase: listGroups,
    toInput: ({ caller, query }) => {
      requireTenancy(caller, query.compartmentId);
      return given(query, "name", "limit", "page", "sortBy", "sortOrder");
    },
    present: ({ items }, { query }) =>
      mayHold(query) ? items.filter((group) => isNamed(query, group)).map(wireGroup) : [],
    nextPage: ({ nextPage }, { query }) => (mayHold(query) ? nextPage : null),
  }),
  defineOperation({
    ...one,
    operationId: "CreateGroup",
    method: "POST",
    path: "/groups",
    details: createGroupDetails,
    isCreate: true,
    useCase: createGroup,
    toInput: ({ caller, details: { compartmentId, ...group } }) => {
      requireTenancy(caller, compartmentId);
      return group;
    },
  }),
  defineOperation({
    ...one,
    operationId: "GetGroup",
    method: "GET",
    path: "/groups/:groupId",
    useCase: getGroup,
    toInput: ({ params }) => ({ groupId: params("groupId") }),
  }),
  defineOperation({
    ...one,
    operationId: "UpdateGroup",
    method: "PUT",
    path: "/groups/:groupId",
    details: updateGroupDetails,
    honoursIfMatch: true,
    useCase: updateGroup,
    toInput: ({ params, details }) => ({ groupId: params("groupId"), ...details }),
  }),
  defineOperation({
    operationId: "DeleteGroup",
    method: "DELETE",
    path: "/groups/:groupId",
    tag,
    honoursIfMatch: true,
    useCase: deleteGroup,
    toInput: ({ params }) => ({ groupId: params("groupId") }),
  }),
];

function wireGroup(group: GroupView) {
  return {
    id: group.id,
    compartmentId: group.tenancyId,
    name: group.name,
    description: group.description,
    timeCreated: group.createdAt,
    lifecycleState: "ACTIVE",
    freeformTags: group.freeformTags,
    definedTags: group.definedTags,
  };
}

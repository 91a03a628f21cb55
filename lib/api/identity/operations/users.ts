import { z } from "zod";

import { AppError } from "@/lib/domain/errors";
import { etagOf } from "@/lib/domain/etag";
import type { UserView } from "@/lib/domain/users/present";
import { createUser } from "@/lib/services/users/create-user";
import { deleteUser } from "@/lib/services/users/delete-user";
import { getUser } from "@/lib/services/users/get-user";
import { listUsers } from "@/lib/services/users/list-users";
import { unblockUser } from "@/lib/services/users/unblock-user";
import { updateCapabilities } from "@/lib/services/users/update-capabilities";
import { updateUser } from "@/lib/services/users/update-user";

import { given, idQuery, isNamed, namedListQuery, requireTenancy } from "../lists";
import {
  createUserDetails,
  updateStateDetails,
  updateUserCapabilitiesDetails,
  updateUserDetails,
  userModel,
} from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "Users";
const one = {
  tag,
  reply: userModel,
  present: wireUser,
  etag: ({ version }: UserView) => etagOf(version),
} as const;

const listQuery = z.object({
  ...namedListQuery,
  identityProviderId: idQuery,
  externalIdentifier: idQuery,
});

type ListQuery = z.infer<typeof listQuery>;

export const userOperations: readonly Operation[] = [
  defineOperation({
    operationId: "ListUsers",
    method: "GET",
    path: "/users",
    tag,
    query: listQuery,
    reply: { ...userModel, isList: true },
    useCase: listUsers,
    toInput: ({ caller, query }) => {
      requireTenancy(caller, query.compartmentId);
      const { lifecycleState } = query;
      const isKept = lifecycleState === "ACTIVE" || lifecycleState === "INACTIVE";
      return {
        ...given(query, "name", "identityProviderId", "externalIdentifier"),
        ...given(query, "limit", "page", "sortBy", "sortOrder"),
        ...(isKept ? { state: lifecycleState } : {}),
      };
    },
    present: ({ items }, { query }) =>
      isNeverKept(query) ? [] : items.filter((user) => isNamed(query, user)).map(wireUser),
    nextPage: ({ nextPage }, { query }) => (isNeverKept(query) ? null : nextPage),
  }),
  defineOperation({
    ...one,
    operationId: "CreateUser",
    method: "POST",
    path: "/users",
    details: createUserDetails,
    isCreate: true,
    useCase: createUser,
    toInput: ({ caller, details: { compartmentId, ...user } }) => {
      requireTenancy(caller, compartmentId);
      return user;
    },
  }),
  defineOperation({
    ...one,
    operationId: "GetUser",
    method: "GET",
    path: "/users/:userId",
    useCase: getUser,
    toInput: ({ params }) => ({ userId: params("userId") }),
  }),
  defineOperation({
    ...one,
    operationId: "UpdateUser",
    method: "PUT",
    path: "/users/:userId",
    details: updateUserDetails,
    honoursIfMatch: true,
    useCase: updateUser,
    toInput: ({ params, details }) => ({ userId: params("userId"), ...details }),
  }),
  defineOperation({
    operationId: "DeleteUser",
    method: "DELETE",
    path: "/users/:userId",
    tag,
    honoursIfMatch: true,
    useCase: deleteUser,
    toInput: ({ params }) => ({ userId: params("userId") }),
  }),
  defineOperation({
    ...one,
    operationId: "UpdateUserState",
    method: "PUT",
    path: "/users/:userId/state",
    details: updateStateDetails,
    honoursIfMatch: true,
    useCase: unblockUser,
    toInput: ({ params, details: { blocked } }) => {
      if (blocked)
        throw new AppError("invalid_input", "blocked: Only false is possible, which unblocks.");
      return { userId: params("userId") };
    },
  }),
  defineOperation({
    ...one,
    operationId: "UpdateUserCapabilities",
    method: "PUT",
    path: "/users/:userId/capabilities",
    details: updateUserCapabilitiesDetails,
    honoursIfMatch: true,
    useCase: updateCapabilities,
    toInput: ({ params, details }) => ({ userId: params("userId"), capabilities: details }),
  }),
];

/** States that Oracle knows and no user here is ever in. */
const isNeverKept = ({ lifecycleState }: ListQuery) =>
  lifecycleState !== undefined && lifecycleState !== "ACTIVE" && lifecycleState !== "INACTIVE";

/** Bits of a user's `inactiveStatus` (identity-api.md 4). */
const inactiveBits = { suspended: 1, blocked: 4 } as const;

function wireUser(user: UserView) {
  return {
    id: user.id,
    compartmentId: user.tenancyId,
    name: user.name,
    description: user.description,
    timeCreated: user.createdAt,
    lifecycleState: user.state === "active" ? "ACTIVE" : "INACTIVE",
    ...(user.state === "active" ? {} : { inactiveStatus: inactiveBits[user.state] }),
    isMfaActivated: user.hasSecondFactor,
    emailVerified: user.emailVerified,
    ...known("email", user.email),
    ...known("dbUserName", user.dbUserName),
    ...known("identityProviderId", user.identityProviderId),
    ...known("externalIdentifier", user.externalIdentifier),
    capabilities: user.capabilities,
    ...known("lastSuccessfulLoginTime", user.lastSignInAt),
    ...known("previousSuccessfulLoginTime", user.previousSignInAt),
    freeformTags: user.freeformTags,
    definedTags: user.definedTags,
  };
}

function known(name: string, value: string | null): Record<string, string> {
  return value === null ? {} : { [name]: value };
}

import { asRecord } from "../users/present";

export interface Group {
  readonly id: string;
  readonly tenancyId: string;
  readonly name: string;
  readonly description: string;
  readonly isAdministrators: boolean;
  readonly freeformTags: unknown;
  readonly definedTags: unknown;
  readonly version: number;
  readonly createdAt: Date;
}

export interface GroupView {
  readonly id: string;
  readonly tenancyId: string;
  readonly name: string;
  readonly description: string;
  readonly isAdministrators: boolean;
  readonly freeformTags: Record<string, unknown>;
  readonly definedTags: Record<string, unknown>;
  readonly createdAt: string;
  readonly version: number;
}

export function presentGroup(group: Group): GroupView {
  return {
    id: group.id,
    tenancyId: group.tenancyId,
    name: group.name,
    description: group.description,
    isAdministrators: group.isAdministrators,
    freeformTags: asRecord(group.freeformTags),
    definedTags: asRecord(group.definedTags),
    createdAt: group.createdAt.toISOString(),
    version: group.version,
  };
}

/** A list of groups counts members no further than this. */
export const mostCounted = 1_000;

export interface Membership {
  readonly id: string;
  readonly tenancyId: string;
  readonly userId: string;
  readonly userName: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly createdAt: Date;
}

export type MembershipView = Omit<Membership, "createdAt"> & { readonly createdAt: string };

export function presentMembership(membership: Membership): MembershipView {
  const { id, tenancyId, userId, userName, groupId, groupName, createdAt } = membership;
  return {
    id,
    tenancyId,
    userId,
    userName,
    groupId,
    groupName,
    createdAt: createdAt.toISOString(),
  };
}

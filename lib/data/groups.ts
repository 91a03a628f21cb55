import "server-only";
import { and, asc, count, eq, gt, ilike, inArray, isNull, or, sql, type SQL } from "drizzle-orm";

import { AppError, relatedNotFound } from "@/lib/domain/errors";

import type { Tx } from "./db";
import { keyset, type PageRequest, partOf } from "./keyset";
import { violatedConstraint, violatesForeignKey } from "./problems";
import { groups, memberships } from "./schema/groups";
import { users } from "./schema/users";
import { likeAll, lookAtSome, wordsOf } from "./user-filter";

const columns = {
  id: groups.id,
  tenancyId: groups.tenancyId,
  name: groups.name,
  description: groups.description,
  isAdministrators: groups.isAdministrators,
  freeformTags: groups.freeformTags,
  definedTags: groups.definedTags,
  version: groups.version,
  createdAt: groups.createdAt,
};

export interface GroupRow {
  id: string;
  tenancyId: string;
  name: string;
  description: string;
  isAdministrators: boolean;
  freeformTags: unknown;
  definedTags: unknown;
  version: number;
  createdAt: Date;
}

const membershipColumns = {
  id: memberships.id,
  userId: memberships.userId,
  groupId: memberships.groupId,
  createdAt: memberships.createdAt,
  tenancyId: groups.tenancyId,
  groupName: groups.name,
  isAdministrators: groups.isAdministrators,
  userName: users.name,
};

export interface MembershipRow {
  id: string;
  userId: string;
  groupId: string;
  createdAt: Date;
  tenancyId: string;
  groupName: string;
  isAdministrators: boolean;
  userName: string;
}

type NewGroup = Pick<GroupRow, "id" | "tenancyId" | "name" | "description"> & {
  isAdministrators?: boolean;
  freeformTags: Record<string, unknown>;
  definedTags: Record<string, unknown>;
};

export async function insertGroup(tx: Tx, group: NewGroup): Promise<GroupRow> {
  try {
    const [made] = await tx
      .insert(groups)
      .values({ ...group, nameKey: group.name.toLowerCase() })
      .returning(columns);
    if (!made) throw new Error("The insert of a group returned nothing.");
    return made;
  } catch (error) {
    if (violatedConstraint(error) !== "groups_name_key") throw error;
    throw new AppError("already_exists", "A group of this name exists. Choose another name.", {
      fields: { name: "A group of this name exists." },
    });
  }
}

export async function findGroup(tx: Tx, id: string): Promise<GroupRow | undefined> {
  const [group] = await tx.select(columns).from(groups).where(eq(groups.id, id));
  return group;
}

/** Those of the wanted that exist, by OCID or by name whatever its case. */
export async function findGroupsCalled(
  tx: Tx,
  tenancyId: string,
  wanted: { ids: readonly string[]; names: readonly string[] },
): Promise<{ id: string; name: string }[]> {
  const keys = wanted.names.map((name) => name.toLowerCase());
  return tx
    .select({ id: groups.id, name: groups.name })
    .from(groups)
    .where(
      and(
        eq(groups.tenancyId, tenancyId),
        or(inArray(groups.id, [...wanted.ids]), inArray(groups.nameKey, keys)),
      ),
    );
}

export async function lockGroup(tx: Tx, id: string): Promise<GroupRow | undefined> {
  const [group] = await tx.select(columns).from(groups).where(eq(groups.id, id)).for("update");
  return group;
}

/** The group that cannot be deleted; every tenancy has exactly one. */
export async function findAdministrators(tx: Tx, tenancyId: string): Promise<GroupRow | undefined> {
  const [group] = await administrators(tx, tenancyId);
  return group;
}

export async function lockAdministrators(tx: Tx, tenancyId: string): Promise<GroupRow | undefined> {
  const [group] = await administrators(tx, tenancyId).for("update");
  return group;
}

const administrators = (tx: Tx, tenancyId: string) =>
  tx
    .select(columns)
    .from(groups)
    .where(and(eq(groups.tenancyId, tenancyId), eq(groups.isAdministrators, true)));

export async function updateGroup(
  tx: Tx,
  id: string,
  change: { description?: string; freeformTags?: unknown; definedTags?: unknown },
): Promise<GroupRow> {
  const [changed] = await tx
    .update(groups)
    .set({ ...change, version: sql`${groups.version} + 1` })
    .where(eq(groups.id, id))
    .returning(columns);
  if (!changed) throw new Error("A group vanished under its lock.");
  return changed;
}

/** Throws `conflict` while somebody is in it. */
export async function deleteGroup(tx: Tx, id: string): Promise<void> {
  try {
    await tx.delete(groups).where(eq(groups.id, id));
  } catch (error) {
    if (!violatesForeignKey(error)) throw error;
    throw new AppError("conflict", "The group still has members. Take them out first.");
  }
}

export interface GroupFilter {
  name?: string | undefined;
  /** Any part of the name or the description; or an OCID, as a whole. */
  search?: string | undefined;
}

export async function listGroups(
  tx: Tx,
  tenancyId: string,
  { name, search }: GroupFilter,
  page: PageRequest,
): Promise<GroupRow[]> {
  const { beyond, order } = keyset(page, groups);
  const named = name === undefined ? undefined : eq(groups.nameKey, name.toLowerCase());
  return tx
    .select(columns)
    .from(groups)
    .where(and(eq(groups.tenancyId, tenancyId), named, found(search), beyond))
    .orderBy(...order)
    .limit(page.limit + 1);
}

function found(search = ""): SQL | undefined {
  if (search === "") return undefined;
  if (search.startsWith("ocid1.")) return eq(groups.id, search);
  return or(ilike(groups.name, partOf(search)), ilike(groups.description, partOf(search)));
}

/** How many members each of these groups has; counted no further than `most`, because one may hold everybody. */
export async function countMembers(
  tx: Tx,
  groupIds: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select({
      id: groups.id,
      members: sql<number>`(select count(*)::int from (select from ${memberships}
        where ${memberships.groupId} = "groups"."id" limit ${most}) counted)`,
    })
    .from(groups)
    .where(inArray(groups.id, [...groupIds]));
  return new Map(rows.map(({ id, members }) => [id, members]));
}

/** Throws `already_exists` for an existing pair, `related_not_found` when user or group is gone. */
export async function insertMembership(
  tx: Tx,
  membership: { id: string; userId: string; groupId: string },
): Promise<void> {
  try {
    await tx.insert(memberships).values(membership);
  } catch (error) {
    // Not there any more: deleted since it was read.
    if (violatesForeignKey(error)) throw relatedNotFound();
    if (violatedConstraint(error) !== "memberships_user_group") throw error;
    throw new AppError("already_exists", "This user is in this group already.");
  }
}

export async function findMembership(tx: Tx, id: string): Promise<MembershipRow | undefined> {
  const [found] = await joined(tx).where(eq(memberships.id, id));
  return found;
}

/** False when it was over already. */
export async function deleteMembership(tx: Tx, id: string): Promise<boolean> {
  const ended = await tx
    .delete(memberships)
    .where(eq(memberships.id, id))
    .returning({ id: memberships.id });
  return ended.length === 1;
}

export async function listMemberships(
  tx: Tx,
  tenancyId: string,
  filter: {
    userId?: string | undefined;
    groupId?: string | undefined;
    /** Parts of the user's name, or how it begins. */
    search?: string | undefined;
  },
  page: { limit: number; after?: { value: string; id: string } | undefined },
): Promise<MembershipRow[]> {
  const { after } = page;
  const named = filter.search && (await memberNamed(tx, tenancyId, filter.search, filter.groupId));
  const at = after ? new Date(after.value) : undefined;
  return joined(tx)
    .where(
      and(
        eq(groups.tenancyId, tenancyId),
        filter.userId === undefined ? undefined : eq(memberships.userId, filter.userId),
        filter.groupId === undefined ? undefined : eq(memberships.groupId, filter.groupId),
        named || undefined,
        at && after
          ? or(
              gt(memberships.createdAt, at),
              and(eq(memberships.createdAt, at), gt(memberships.id, after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(asc(memberships.createdAt), asc(memberships.id))
    .limit(page.limit + 1);
}

/** So many members are asked for their names one by one. */
const smallGroup = 3_000;

/** Of a big group, those whom few share a name with are found by it, and not by a look at every member. */
async function memberNamed(
  tx: Tx,
  tenancyId: string,
  search: string,
  groupId: string | undefined,
): Promise<SQL> {
  const words = wordsOf(search);
  const named = likeAll(users.nameKey, words.having);
  if (groupId === undefined) return named;
  const counted = await countMembers(tx, [groupId], smallGroup + 1);
  if ((counted.get(groupId) ?? 0) <= smallGroup) return named;
  const isMember = sql`exists (select 1 from ${memberships}
    where ${memberships.userId} = ${users.id} and ${memberships.groupId} = ${groupId})`;
  const both = sql`(${named} and ${isMember})`;
  const { isCommon, telling } = await lookAtSome(tx, tenancyId, both, words);
  if (isCommon) return named;
  const found = telling ? likeAll(users.nameKey, telling) : named;
  return sql`${memberships.id} = any(array(
    select m.id from (select ${users.id}, ${users.nameKey} from ${users} where ${found} offset 0) as users
    join ${memberships} m on m.user_id = users.id and m.group_id = ${groupId} where ${named}))`;
}

/** Members of the protected group who can act: neither suspended nor blocked. Call under the group's lock. */
export async function countActiveAdministrators(
  tx: Tx,
  groupId: string,
  options: { except?: string } = {},
): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(users.state, "active"),
        isNull(users.blockedAt),
        options.except === undefined ? undefined : sql`${users.id} <> ${options.except}`,
      ),
    );
  return row?.count ?? 0;
}

function joined(tx: Tx) {
  return tx
    .select(membershipColumns)
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .innerJoin(users, eq(users.id, memberships.userId))
    .$dynamic();
}

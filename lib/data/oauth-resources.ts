import "server-only";
import { and, asc, eq, notInArray, sql } from "drizzle-orm";

import { AppError, relatedNotFound } from "@/lib/domain/errors";
import type { ScopeGrant } from "@/lib/domain/oauth/resource";

import type { Tx } from "./db";
import { violatedConstraint, violatesForeignKey } from "./problems";
import { groups } from "./schema/groups";
import { oauthGrants } from "./schema/oauth-grants";
import { oauthResources } from "./schema/oauth-resources";

const columns = {
  id: oauthResources.id,
  name: oauthResources.name,
  audience: oauthResources.audience,
  scopes: oauthResources.scopes,
  version: oauthResources.version,
};

export interface ResourceRow {
  id: string;
  name: string;
  audience: string;
  scopes: string[];
  version: number;
}

type ResourceFields = Pick<ResourceRow, "name" | "audience" | "scopes">;

/** All of them, by name. An administrator registers a handful. */
export function listResources(tx: Tx, tenancyId: string): Promise<ResourceRow[]> {
  return tx
    .select(columns)
    .from(oauthResources)
    .where(eq(oauthResources.tenancyId, tenancyId))
    .orderBy(asc(oauthResources.nameKey));
}

/** Who has what: of one resource, or of all. */
export function listScopeGrants(tx: Tx, resourceId?: string): Promise<ScopeGrant[]> {
  return tx
    .select({
      resourceId: oauthGrants.resourceId,
      scope: oauthGrants.scope,
      groupId: oauthGrants.groupId,
      groupName: groups.name,
    })
    .from(oauthGrants)
    .innerJoin(groups, eq(groups.id, oauthGrants.groupId))
    .where(resourceId === undefined ? undefined : eq(oauthGrants.resourceId, resourceId))
    .orderBy(asc(groups.nameKey));
}

export async function findResource(tx: Tx, id: string): Promise<ResourceRow | undefined> {
  const [found] = await resource(tx, id);
  return found;
}

export async function lockResource(tx: Tx, id: string): Promise<void> {
  await resource(tx, id).for("update");
}

const resource = (tx: Tx, id: string) =>
  tx.select(columns).from(oauthResources).where(eq(oauthResources.id, id));

/** Throws `already_exists` for a name or an audience that is registered. */
export async function insertResource(
  tx: Tx,
  resource: ResourceFields & { id: string; tenancyId: string },
): Promise<ResourceRow> {
  const values = { ...resource, nameKey: resource.name.toLowerCase() };
  const [made] = await explainingTaken(tx.insert(oauthResources).values(values).returning(columns));
  return present(made);
}

/** Grants of scopes that it has no more go with them. Throws `already_exists`. */
export async function updateResource(
  tx: Tx,
  id: string,
  change: ResourceFields,
): Promise<ResourceRow> {
  const values = {
    ...change,
    nameKey: change.name.toLowerCase(),
    version: sql`${oauthResources.version} + 1`,
  };
  const [changed] = await explainingTaken(
    tx.update(oauthResources).set(values).where(eq(oauthResources.id, id)).returning(columns),
  );
  await tx
    .delete(oauthGrants)
    .where(and(eq(oauthGrants.resourceId, id), notInArray(oauthGrants.scope, change.scopes)));
  return present(changed);
}

export async function deleteResource(tx: Tx, id: string): Promise<void> {
  await tx.delete(oauthResources).where(eq(oauthResources.id, id));
}

/** Makes these the scopes that the group has of the resource. Throws `related_not_found` when the group is gone. */
export async function setScopeGrants(
  tx: Tx,
  { resourceId, groupId, scopes }: { resourceId: string; groupId: string; scopes: string[] },
): Promise<void> {
  await tx
    .delete(oauthGrants)
    .where(and(eq(oauthGrants.resourceId, resourceId), eq(oauthGrants.groupId, groupId)));
  if (scopes.length === 0) return;
  try {
    await tx.insert(oauthGrants).values(scopes.map((scope) => ({ resourceId, groupId, scope })));
  } catch (error) {
    if (violatesForeignKey(error)) throw relatedNotFound();
    throw error;
  }
}

async function explainingTaken<Rows>(change: Promise<Rows>): Promise<Rows> {
  try {
    return await change;
  } catch (error) {
    const taken = takenWords[violatedConstraint(error) ?? ""];
    if (taken === undefined) throw error;
    const [field, message] = taken;
    throw new AppError("already_exists", message, { fields: { [field]: message } });
  }
}

const takenWords: Readonly<Record<string, readonly ["name" | "audience", string]>> = {
  oauth_resources_name_key: ["name", "A resource of this name is registered."],
  oauth_resources_audience: ["audience", "This audience is registered already."],
};

function present(row: ResourceRow | undefined): ResourceRow {
  if (!row) throw new Error("A resource vanished under its lock.");
  return row;
}

import "server-only";
import { sql } from "drizzle-orm";

import type { GrantedResource } from "@/lib/domain/oauth/granted-scopes";
import type { QualifiedScope } from "@/lib/domain/oauth/scopes";

import type { Tx } from "./db";

/** Whether somebody may have a scope: through a group, not at all, or it is of an audience that nobody registered. */
export type ScopeStanding = "granted" | "withheld" | "unregistered";

export type WeighedScope<Pair extends QualifiedScope> = Pair & { readonly standing: ScopeStanding };

/**
 * SQL that weighs the pairs of a JSON array for an owner, a row of `place`, `standing` and `vouched` (it was entered, not
 * chosen) each; both arguments are
 * expressions of the statement around it, never values.
 */
export const standingsSql = (pairs: string, owner: string): string => `
    select p.place::int as place, case
        when r.id is null then 'unregistered'
        when exists (
          select 1 from oauth_grants g join memberships m on m.group_id = g.group_id
          where g.resource_id = r.id and g.scope = p.pair ->> 'scope' and m.user_id = ${owner}
        ) then 'granted'
        else 'withheld' end as standing,
      coalesce(p.pair ->> 'isEntered' = 'true', false) as vouched
    from jsonb_array_elements(case jsonb_typeof(${pairs}) when 'array' then ${pairs} end)
      with ordinality as p(pair, place)
    left join oauth_resources r on r.audience = p.pair ->> 'audience'`;

/** How each pair stands for the owner at this moment, in the order given; one statement, no lock. */
export async function weighScopes<Pair extends QualifiedScope>(
  tx: Tx,
  ownerId: string,
  pairs: readonly Pair[],
): Promise<WeighedScope<Pair>[]> {
  const { rows } = await tx.execute<{ place: number; standing: ScopeStanding }>(sql`
    with given as (select ${JSON.stringify(pairs)}::jsonb as pairs, ${ownerId} as owner)
    select s.place, s.standing from given
    cross join lateral (${sql.raw(standingsSql("given.pairs", "given.owner"))}) s`);
  const standings = new Map(rows.map(({ place, standing }) => [place, standing]));
  return pairs.map((pair, index) => ({
    ...pair,
    standing: standings.get(index + 1) ?? "withheld",
  }));
}

/** Whether a group's members may have a scope that this user has through none of their groups. */
export async function givesMoreScopes(tx: Tx, groupId: string, userId: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from oauth_grants g where g.group_id = ${groupId} and not exists (
      select from oauth_grants other join memberships m on m.group_id = other.group_id
      where other.resource_id = g.resource_id and other.scope = g.scope and m.user_id = ${userId}
    ) limit 1`);
  return rows.length > 0;
}

/** Every resource of which the user's groups were granted something, by name, with those scopes in the resource's order. */
export async function listGrantedResources(tx: Tx, userId: string): Promise<GrantedResource[]> {
  const { rows } = await tx.execute<{ name: string; audience: string; scopes: string[] }>(sql`
    select r.name, r.audience, array_agg(s.scope order by s.place) as scopes
    from oauth_resources r cross join unnest(r.scopes) with ordinality as s(scope, place)
    where exists (
      select 1 from oauth_grants g join memberships m on m.group_id = g.group_id
      where g.resource_id = r.id and g.scope = s.scope and m.user_id = ${userId}
    )
    group by r.id order by r.name_key`);
  return rows;
}

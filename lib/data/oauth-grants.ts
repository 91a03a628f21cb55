import "server-only";
import { sql } from "drizzle-orm";

import type { GrantedResource } from "@/lib/domain/oauth/granted-scopes";
import type { HeldScope, QualifiedScope } from "@/lib/domain/oauth/scopes";

import type { Tx } from "./db";

/** Whether somebody may have a scope: through a group, not at all, or it is of an audience that nobody registered. */
export type ScopeStanding = "granted" | "withheld" | "unregistered";

export type WeighedScope<Pair extends QualifiedScope> = Pair & { readonly standing: ScopeStanding };

/** How each pair stands for the owner at this moment, in the order given; one statement, no lock. */
export async function weighScopes<Pair extends QualifiedScope>(
  tx: Tx,
  ownerId: string,
  pairs: readonly Pair[],
): Promise<WeighedScope<Pair>[]> {
  const { rows } = await tx.execute<{ place: number; standing: ScopeStanding }>(sql`
    select p.place::int as place, case
        when r.id is null then 'unregistered'
        when exists (
          select 1 from oauth_grants g join memberships m on m.group_id = g.group_id
          where g.resource_id = r.id and g.scope = p.scope and m.user_id = ${ownerId}
        ) then 'granted'
        else 'withheld' end as standing
    from jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) with ordinality as given(pair, place)
    cross join lateral (
      select given.place, given.pair ->> 'audience' as audience, given.pair ->> 'scope' as scope
    ) p
    left join oauth_resources r on r.audience = p.audience`);
  const standings = new Map(rows.map(({ place, standing }) => [place, standing]));
  return pairs.map((pair, index) => ({
    ...pair,
    standing: standings.get(index + 1) ?? "withheld",
  }));
}

/**
 * Those of a credential's pairs that its owner may still have: granted, or of an audience that nobody registered and
 * that was vouched for when it was entered. Asked again whenever a token is made (decisions.md 11).
 */
export async function scopesInForce<Pair extends HeldScope>(
  tx: Tx,
  ownerId: string,
  pairs: readonly Pair[],
): Promise<Pair[]> {
  const weighed = await weighScopes(tx, ownerId, pairs);
  return pairs.filter((pair, index) => {
    const standing = weighed[index]?.standing;
    return standing === "granted" || (standing === "unregistered" && pair.isEntered === true);
  });
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

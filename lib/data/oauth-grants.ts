import "server-only";
import { sql } from "drizzle-orm";

import type { QualifiedScope } from "@/lib/domain/oauth/scopes";

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
 * Those of a credential's pairs that its owner may still have: granted, or of an audience that nobody registered (it
 * was admitted when it was entered). Asked again whenever a token is made (decisions.md 11).
 */
export async function scopesInForce<Pair extends QualifiedScope>(
  tx: Tx,
  ownerId: string,
  pairs: readonly Pair[],
): Promise<Pair[]> {
  const weighed = await weighScopes(tx, ownerId, pairs);
  return pairs.filter((_pair, index) => weighed[index]?.standing !== "withheld");
}

import "server-only";
import { sql } from "drizzle-orm";

import { isOpenLink } from "./mailed-links";
import { invitations } from "./schema/invitations";
import { users } from "./schema/users";

/** The invitation of the row of `users` that a statement is about, as part of that statement. */
export const invitationOfUser = sql<{ expiresAt: string; isExpired: boolean } | null>`(
  select jsonb_build_object('expiresAt', i.expires_at, 'isExpired', i.expires_at <= now())
  from invitations i where i.user_id = "users"."id" and i.email_key = "users"."email_key")`;

/**
 * Whether the row of `users` has one that can still be used; the first half is in the words of the index. Not by `in`:
 * before version 17 PostgreSQL would read all invitations for each user.
 */
export const isInvited = sql`(${users.invitedUntil} > now() and exists (select 1 from ${invitations}
  where ${invitations.userId} = ${users.id} and ${isOpenLink(invitations)}))`;

import { addUserToGroupAction } from "@/lib/actions/groups";
import {
  activateUserAction,
  createOrResetPasswordAction,
  suspendUserAction,
} from "@/lib/actions/users";
import { toActionError } from "@/lib/client/action-error";
import { perform } from "@/lib/client/use-action-mutation";

import type { BulkAct } from "./bulk-labels";
import type { ListedUser } from "./choice";

export type RowResult = {
  user: ListedUser;
  state: "waiting" | "running" | "done" | "failed";
  /** Why it failed. */
  problem?: string;
  /** A one-time password: here and nowhere else. */
  secret?: string;
};

export type Asked = { reason: string; groupId: string };

/** Does it to one user. Never throws: what went wrong is the row's result. */
export async function doTo(act: BulkAct, user: ListedUser, asked: Asked): Promise<RowResult> {
  try {
    const secret = await send(act, user.id, asked);
    return { user, state: "done", ...(secret !== undefined && { secret }) };
  } catch (error) {
    return { user, state: "failed", problem: toActionError(error).message };
  }
}

async function send(
  act: BulkAct,
  userId: string,
  { reason, groupId }: Asked,
): Promise<string | undefined> {
  switch (act) {
    case "activate":
      await perform(activateUserAction, { userId, reason });
      return undefined;
    case "suspend":
      await perform(suspendUserAction, { userId, reason });
      return undefined;
    case "password":
      return (await perform(createOrResetPasswordAction, { userId, reason })).secret;
    case "group":
      await perform(addUserToGroupAction, { userId, groupId });
      return undefined;
  }
}

import { addUserToGroupAction } from "@/lib/actions/groups";
import {
  activateUserAction,
  createOrResetPasswordAction,
  sendInvitationAction,
  suspendUserAction,
} from "@/lib/actions/users";
import { type ActionError, toActionError } from "@/lib/client/action-error";
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

/** Why it went no further: it is the same for everybody who is left. */
export type Halt = "signed-out" | "must-change-password" | "not-proved";

/** Does it to one user. Never throws, and never leaves the page: what went wrong is the row's result, or the end. */
export async function doTo(
  act: BulkAct,
  user: ListedUser,
  asked: Asked,
): Promise<RowResult | { halt: Halt }> {
  try {
    const secret = await send(act, user.id, asked);
    return { user, state: "done", ...(secret !== undefined && { secret }) };
  } catch (thrown) {
    const { code, message } = toActionError(thrown);
    const halt = haltOf(code);
    return halt === undefined ? { user, state: "failed", problem: message } : { halt };
  }
}

function haltOf(code: ActionError["code"]): Halt | undefined {
  switch (code) {
    case "unauthenticated":
      return "signed-out";
    case "must_change_password":
    case "must_enrol":
      return "must-change-password";
    case "step_up_required":
      return "not-proved";
    default:
      return undefined;
  }
}

/** The passwords that are shown already would go with the page. */
const here = { isStaying: true };

async function send(
  act: BulkAct,
  userId: string,
  { reason, groupId }: Asked,
): Promise<string | undefined> {
  switch (act) {
    case "activate":
      await perform(activateUserAction, { userId, reason }, here);
      return undefined;
    case "suspend":
      await perform(suspendUserAction, { userId, reason }, here);
      return undefined;
    case "password":
      return (await perform(createOrResetPasswordAction, { userId, reason }, here)).secret;
    case "invitation":
      await perform(sendInvitationAction, { userId }, here);
      return undefined;
    case "group":
      await perform(addUserToGroupAction, { userId, groupId }, here);
      return undefined;
  }
}

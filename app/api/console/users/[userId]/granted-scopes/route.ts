import { listGrantedScopes } from "@/lib/services/oauth/list-granted-scopes";

import { answer } from "../../../answer";

type Context = { params: Promise<{ userId: string }> };

/** What the user's groups were granted, for the dialog in which scopes are chosen. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { userId } = await params;
  return answer((caller) => listGrantedScopes(caller, { ownerId: userId }));
}

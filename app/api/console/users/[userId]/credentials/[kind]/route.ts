import { listCredentials } from "@/lib/services/credentials/list-credentials";

import { answer } from "../../../../answer";

type Context = { params: Promise<{ userId: string; kind: string }> };

/** A user's credentials of one kind, for the panel's query. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { userId, kind } = await params;
  return answer((caller) => listCredentials(caller, { ownerId: userId, kind }));
}

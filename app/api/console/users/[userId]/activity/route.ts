import { activityLine } from "@/lib/domain/audit/words";
import type { ActivityPage } from "@/lib/domain/audit/activity";
import { listActivity } from "@/lib/services/activity/list-activity";

import { answer } from "../../../answer";

type Context = { params: Promise<{ userId: string }> };

/** Older events of a user's activity; `before` is the id of the last one shown. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { userId } = await params;
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  return answer(async (caller): Promise<ActivityPage> => {
    const { events, next } = await listActivity(caller, { userId, before });
    return { lines: events.map((event) => activityLine(event, caller.userId)), next };
  });
}

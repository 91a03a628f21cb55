import { SectionHeader } from "@/components/shell/page-header";
import { ActivityTable } from "@/components/users/activity-table";
import { activityLine } from "@/lib/domain/audit/words";
import type { Caller } from "@/lib/domain/caller";
import { listActivity } from "@/lib/services/activity/list-activity";

/** What happened to a person's account and credentials, and why a signed request was refused. */
export async function activitySection(caller: Caller, userId: string) {
  const { events, next } = await listActivity(caller, { userId });
  const isOwn = caller.userId === userId;
  const lines = events.map((event) => activityLine(event, caller.userId));
  return (
    <section aria-labelledby="section-title">
      <SectionHeader
        id="section-title"
        title="Activity"
        description={`Sign-ins, changes and refused requests, the newest first.${isOwn ? " Look for what you do not recognise." : ""}`}
      />
      <ActivityTable userId={userId} newest={{ lines, next }} />
    </section>
  );
}

import { Status } from "@/components/ui/status";
import type { UserView } from "@/lib/domain/users/present";

const words = {
  active: { tone: "good", label: "Active" },
  blocked: { tone: "danger", label: "Blocked" },
  suspended: { tone: "neutral", label: "Suspended" },
  invited: { tone: "accent", label: "Invited" },
  uninvited: { tone: "warn", label: "Invitation expired" },
} as const;

/** Whether a person may come in, or has yet to, as a dot and a word. */
export function UserStatus({ user }: { user: Pick<UserView, "state" | "invitation"> }) {
  const { tone, label } = words[standingOf(user)];
  return <Status tone={tone}>{label}</Status>;
}

function standingOf({
  state,
  invitation,
}: Pick<UserView, "state" | "invitation">): keyof typeof words {
  if (state !== "active" || invitation === null) return state;
  return invitation.isExpired ? "uninvited" : "invited";
}

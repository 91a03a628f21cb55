import { Status } from "@/components/ui/status";
import type { UserView } from "@/lib/domain/users/present";

const words = {
  active: { tone: "good", label: "Active" },
  blocked: { tone: "danger", label: "Blocked" },
  suspended: { tone: "neutral", label: "Suspended" },
} as const satisfies Record<UserView["state"], { tone: string; label: string }>;

/** Whether a person may come in, as a dot and a word. */
export function UserStatus({ state }: { state: UserView["state"] }) {
  return <Status tone={words[state].tone}>{words[state].label}</Status>;
}

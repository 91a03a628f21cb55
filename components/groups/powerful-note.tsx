import { InlineAlert } from "@/components/ui/inline-alert";

/** What membership of the protected group means, before somebody gets it. */
export function PowerfulNote({ groupName }: { groupName: string }) {
  return (
    <InlineAlert tone="warn">
      Members of {groupName} may do everything, for everybody: create and delete users, reset
      passwords and manage all credentials.
    </InlineAlert>
  );
}

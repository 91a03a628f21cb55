import { Button } from "@/components/ui/button";
import { signOutAction } from "@/lib/actions/forms";

/** A form, so that it works before any JavaScript has arrived. */
export function SignOutButton() {
  return (
    <form action={signOutAction}>
      <Button type="submit" variant="ghost">
        Sign out
      </Button>
    </form>
  );
}

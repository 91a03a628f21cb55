import { Button } from "@/components/ui/button";

/** A form, so that it works before any JavaScript has arrived. */
export function SignOutButton() {
  return (
    <form action="/sign-out" method="post">
      <Button type="submit" variant="ghost" className="-ml-3">
        Sign out
      </Button>
    </form>
  );
}

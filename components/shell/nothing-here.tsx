import { ButtonLink } from "./button-link";
import { ProblemPage } from "./problem-page";

/** Also for what exists but is not the caller's: a stranger must not learn the difference. */
export function NothingHere() {
  return (
    <ProblemPage
      title="Nothing to see here"
      code="404"
      actions={<ButtonLink href="/profile/details">Go to my profile</ButtonLink>}
    >
      <p>What this address leads to does not exist, was deleted, or is not yours to see.</p>
    </ProblemPage>
  );
}

"use client";

import { PersonField } from "@/components/form/person-field";
import type { Suggested } from "@/lib/client/queries";

/** Who answers for a service user, and who stands in for them: people, found as one types. */
export function AnswerableFields({ owner, deputy }: { owner?: string; deputy?: string }) {
  return (
    <>
      <PersonField
        name="owner"
        label="Owner"
        initial={owner}
        isLeftOut={isNoPerson}
        hint="The person who answers for it, by name or e-mail address. News about its credentials go to them."
      />
      <PersonField
        name="deputy"
        label="Deputy"
        isOptional
        initial={deputy}
        isLeftOut={isNoPerson}
        hint="Whoever stands in for the owner."
      />
    </>
  );
}

const isNoPerson = ({ kind }: Suggested) => kind === "service";

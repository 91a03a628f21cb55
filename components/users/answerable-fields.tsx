"use client";

import { TextField } from "@/components/form/fields";

/** Who answers for a service user, and who stands in for them. */
export function AnswerableFields({ owner, deputy }: { owner?: string; deputy?: string }) {
  const asTyped = { autoComplete: "off", autoCapitalize: "off", spellCheck: false, maxLength: 100 };
  return (
    <>
      <TextField
        {...asTyped}
        name="owner"
        label="Owner"
        defaultValue={owner}
        hint="The user name of the person who answers for it. News about its credentials go to them."
      />
      <TextField
        {...asTyped}
        name="deputy"
        label="Deputy"
        isOptional
        defaultValue={deputy}
        hint="The user name of whoever stands in for the owner."
      />
    </>
  );
}

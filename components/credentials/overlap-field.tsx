"use client";

import { useState } from "react";

import { ChoiceField } from "@/components/form/fields";
import { textOf } from "@/components/form/text-of";
import { useMinute } from "@/lib/client/minute";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import { type Overlap, overlapEnd } from "@/lib/domain/credentials/rotation";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { isCredentialInUse } from "./credential-state";
import { momentWords } from "./expiry-choice";
import { LastUse } from "./last-use";

const overlaps = [
  { value: "now", label: "now" },
  { value: "1h", label: "1 h" },
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 days" },
] as const satisfies readonly { value: Overlap; label: string }[];

const usual: Overlap = "24h";

type OverlapFieldProps = { description: KindDescription; credential: CredentialView };

/** When the old one is refused: now, or a moment that is spelled out; and who has to be switched over until then. */
export function OverlapField({ description, credential }: OverlapFieldProps) {
  const { renewal, secretNoun = "secret", successor } = description;
  const [chosen, setChosen] = useState<string>(renewal === undefined ? usual : "now");
  const now = useMinute();
  const overlap = overlapNamed(chosen);
  const expiresAt = credential.expiresAt === null ? null : new Date(credential.expiresAt);
  const end = overlapEnd(overlap, expiresAt, new Date(now));
  return (
    <div className="flex flex-col gap-2">
      <ChoiceField
        name="overlap"
        label="Refuse the old one"
        layout="row"
        options={overlaps}
        value={chosen}
        onValueChange={setChosen}
        hint={
          overlap === "now"
            ? successor === "same-id"
              ? `The old ${secretNoun} is refused from the next request on.`
              : description.deleteConsequence
            : `Old and new both work until ${momentWords(end)}.`
        }
      />
      <div className="text-small text-ink-soft">
        <LastUse credential={credential} isRecent={isCredentialInUse(credential, now)} />
      </div>
    </div>
  );
}

/** Reads the field back from its form. */
export function chosenOverlap(form: FormData): Overlap {
  return overlapNamed(textOf(form, "overlap"));
}

function overlapNamed(name: string): Overlap {
  return overlaps.find(({ value }) => value === name)?.value ?? usual;
}

"use client";

import { useState } from "react";

import { ChoiceField, TextField } from "@/components/form/fields";
import { textOf } from "@/components/form/text-of";

import { useMinute } from "@/lib/client/minute";

import type { CredentialView } from "@/lib/domain/credentials/present";

import { expiryMoment, expiryPresets, keptExpiry, momentWords, sameSpan } from "./expiry-choice";
import { fileDate } from "./file-name";

type ExpiryFieldProps = {
  /** The one whose place it takes: at first the new one gets as long a life. */
  like?: Pick<CredentialView, "createdAt" | "expiresAt"> | undefined;
  /** The expiry that it has already, and keeps unless another is chosen. */
  kept?: string | null;
};

/** When it stops working by itself: never, or a moment that is spelled out. */
export function ExpiryField({ like = neverExpiring, kept = null }: ExpiryFieldProps) {
  const now = new Date(useMinute());
  const [initial] = useState(() =>
    kept === null ? sameSpan(like, now) : { preset: keptExpiry.value, date: "" },
  );
  const [preset, setPreset] = useState<string>(initial.preset);
  const [date, setDate] = useState(initial.date);
  const moment = expiryMoment({ preset, date, kept }, now);
  return (
    <div className="flex flex-col gap-2">
      <ChoiceField
        name="expiresAt"
        label="Expires"
        layout="row"
        options={kept === null ? expiryPresets : [keptExpiry, ...expiryPresets]}
        value={preset}
        onValueChange={setPreset}
        hint={moment === null ? "It works until somebody deletes it." : wordsOf(moment)}
      />
      {preset === "custom" && (
        <TextField
          name="expiresOn"
          label="Last day"
          type="date"
          min={fileDate(now)}
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
      )}
    </div>
  );
}

const neverExpiring = { createdAt: "", expiresAt: null };

function wordsOf(moment: Date | undefined): string {
  return moment === undefined ? "Choose its last day." : `${momentWords(moment)}.`;
}

export type ChosenExpiry =
  | { isChosen: true; expiresAt: string | null }
  | { isChosen: false; problem: { message: string; fields: Record<string, string> } };

/** Reads the field back from its form; a custom expiry without a date, or in the past, is a problem of the field. */
export function chosenExpiry(
  values: FormData,
  now: Date,
  kept: string | null = null,
): ChosenExpiry {
  const chosen = { preset: textOf(values, "expiresAt"), date: textOf(values, "expiresOn"), kept };
  const moment = expiryMoment(chosen, now);
  if (moment === null) return { isChosen: true, expiresAt: null };
  if (moment !== undefined && moment > now)
    return { isChosen: true, expiresAt: moment.toISOString() };
  const message = moment === undefined ? "Choose a date." : "Choose a date that is not over.";
  return { isChosen: false, problem: { message, fields: { expiresOn: message } } };
}

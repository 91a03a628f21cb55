"use client";

import { useState } from "react";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { Dialog } from "@/components/ui/dialog";
import { useEscapeAbove } from "@/components/ui/use-escape-above";
import { reason } from "@/lib/client/reason";
import { longestReason } from "@/lib/domain/audit/longest-reason";

import { textOf } from "@/components/form/text-of";

/** Asks for a reason, on behalf of whatever action demanded one; that action then repeats by itself. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ReasonDialog({ about }: { about: string | undefined }) {
  const isOpen = about !== undefined;
  const [latest, setLatest] = useState(about);
  if (isOpen && about !== latest) setLatest(about);
  useEscapeAbove(isOpen, cancel);
  return (
    <Dialog isOpen={isOpen} onClose={cancel} size="small" title="Reason" description={latest}>
      {isOpen && <ReasonForm />}
    </Dialog>
  );
}

function cancel() {
  reason.settle(undefined);
}

function ReasonForm() {
  const [isMissing, setMissing] = useState(false);
  const give = (values: FormData) => {
    const text = textOf(values, "reason").trim();
    setMissing(text === "");
    if (text !== "") reason.settle(text);
  };
  const problem = { message: "Say why.", fields: { reason: "Say why." } };
  return (
    <Form onSubmit={give} pending={false} error={isMissing ? problem : null}>
      <TextField
        name="reason"
        label="Reason"
        hint="For instance a ticket, or who asked for it."
        autoComplete="off"
        maxLength={longestReason}
        // The dialog was opened to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <FormActions submitLabel="Continue" pending={false} onCancel={cancel} />
    </Form>
  );
}

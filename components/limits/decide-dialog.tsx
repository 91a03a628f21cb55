"use client";

import { TextareaField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { decideLimitRequestAction } from "@/lib/actions/limits";

import type { RequestRow } from "./request-row";

type DecideDialogProps = {
  request: RequestRow;
  isGrant: boolean;
  isOpen: boolean;
  onClose: () => void;
};

/** Grants a request with a number, or declines it; either way with a word to the user. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DecideDialog({ request, isGrant, isOpen, onClose }: DecideDialogProps) {
  const { userName, title, limit } = request;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={isGrant ? `Grant “${userName}” more` : `Decline the request of “${userName}”`}
      description={
        isGrant
          ? `${title}: ${limit} so far. The new limit is this user’s own.`
          : `${title}: the limit stays at ${limit}.`
      }
      size="small"
    >
      <DecideForm key={request.id} request={request} isGrant={isGrant} onClose={onClose} />
    </Dialog>
  );
}

function DecideForm({ request, isGrant, onClose }: Omit<DecideDialogProps, "isOpen">) {
  const decide = useDialogAction(decideLimitRequestAction, onClose, () =>
    isGrant ? "Limit granted" : "Request declined",
  );
  const submit = (values: FormData) => {
    const common = { requestId: request.id, answer: values.get("answer") };
    decide.mutate(
      isGrant
        ? { ...common, decision: "grant", limit: Number(values.get("limit")) }
        : { ...common, decision: "decline" },
    );
  };
  return (
    <Form onSubmit={submit} pending={decide.isPending} error={decide.error}>
      {isGrant && (
        <TextField
          name="limit"
          label="New limit"
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          className="max-w-24 tabular-nums"
          defaultValue={String(request.limit + 1)}
        />
      )}
      <TextareaField
        name="answer"
        label="Message to the user"
        isOptional
        rows={2}
        maxLength={400}
        hint="Goes into the mail that tells them."
      />
      <FormActions
        submitLabel={isGrant ? "Grant" : "Decline"}
        pending={decide.isPending}
        onCancel={onClose}
      />
    </Form>
  );
}

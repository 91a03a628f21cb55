"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { InlineAlert } from "@/components/ui/inline-alert";
import { requestLimitAction } from "@/lib/actions/limits";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { KindDescription } from "@/lib/domain/credentials/kind";

type LimitRequestProps = {
  description: KindDescription;
  limit: number;
  /** One is waiting to be decided. */
  isAsked: boolean;
};

/** For whoever is at a limit of their own: asks for a higher one with one click, and then may say why. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function LimitRequest({ description, limit, isAsked }: LimitRequestProps) {
  const router = useRouter();
  const [isNoting, setIsNoting] = useState(false);
  const { id: kind, noun } = description;
  const request = useActionMutation(requestLimitAction, {
    onDone: () => {
      announce(`Higher limit of ${noun.many} requested`);
      router.refresh();
    },
  });
  return (
    <InlineAlert tone="neutral" className="sm:items-center">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {isAsked ? (
          <>
            <span>
              You asked for a higher limit. The answer comes under Activity, and by mail if there is
              an address.
            </span>
            <Button onClick={() => setIsNoting(true)}>Add a note</Button>
          </>
        ) : (
          <>
            <span>
              {limit === 1 ? `1 ${noun.one} is` : `${limit} ${noun.many} are`} all that you may
              have.
            </span>
            <Button pending={request.isPending} onClick={() => request.mutate({ kind })}>
              Request a higher limit
            </Button>
          </>
        )}
      </div>
      {request.error !== null && (
        <p role="alert" className="mt-1 text-danger">
          {request.error.message}
        </p>
      )}
      <NoteDialog kind={kind} isOpen={isNoting} onClose={() => setIsNoting(false)} />
    </InlineAlert>
  );
}

function NoteDialog({
  kind,
  isOpen,
  onClose,
}: {
  kind: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const note = useDialogAction(requestLimitAction, onClose, () => "Note sent");
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && note.close()}
      title="Add a note to your request"
      size="small"
    >
      <Form
        onSubmit={(values) => note.mutate({ kind, note: values.get("note") })}
        pending={note.isPending}
        error={note.error}
      >
        <TextareaField
          name="note"
          label="Note"
          rows={3}
          maxLength={400}
          hint="Why you need more. It replaces a note from before."
        />
        <FormActions submitLabel="Send note" pending={note.isPending} onCancel={note.close} />
      </Form>
    </Dialog>
  );
}

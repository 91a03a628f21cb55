"use client";

import { rotateCredentialAction } from "@/lib/actions/credentials";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { RotateDialogProps } from "../kind-props";
import { chosenOverlap, OverlapField } from "../overlap-field";
import { KeyDialog } from "./key-dialog";

/** A new key in the place of an old one. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function RotateKeyDialog(props: RotateDialogProps) {
  const { description, owner, rotating } = props;
  const rotate = useActionMutation(rotateCredentialAction, {
    invalidates: [credentialsKey(owner.id, description.id)],
  });
  return (
    <KeyDialog
      {...props}
      title={`Rotate API key “${rotating.name}”`}
      submitLabel="Rotate"
      made={rotate.data?.credential}
      pending={rotate.isPending}
      error={rotate.error}
      onReset={rotate.reset}
      onSubmit={({ expiresAt, ...values }, form) =>
        rotate.mutate({
          ownerId: owner.id,
          kind: description.id,
          credential: { id: rotating.id },
          overlap: chosenOverlap(form),
          values,
          expiresAt,
        })
      }
    >
      <OverlapField description={description} credential={rotating} />
    </KeyDialog>
  );
}

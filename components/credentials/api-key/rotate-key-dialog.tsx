"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { rotateCredentialAction } from "@/lib/actions/credentials";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { RotateDialogProps } from "../kind-props";
import { chosenOverlap, OverlapField } from "../overlap-field";
import { AddKeyForm } from "./add-key-form";
import { ConfigurationView } from "./configuration-view";
import { usualKeyFile } from "./key-file-name";

/** A new key in the place of an old one, and the configuration file that uses it. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function RotateKeyDialog(props: RotateDialogProps) {
  const { description, owner, isOwn, context, rotating, isOpen, onClose, onClosed } = props;
  const [downloadedName, setDownloadedName] = useState<string>();
  const rotate = useActionMutation(rotateCredentialAction, {
    invalidates: [credentialsKey(owner.id, description.id)],
  });
  const made = rotate.data?.credential;
  const close = () => {
    if (rotate.isPending) return;
    rotate.reset();
    setDownloadedName(undefined);
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      onClosed={onClosed}
      size={made === undefined ? "regular" : "wide"}
      title={
        made === undefined
          ? `Rotate API key “${rotating.name}”`
          : `API key “${made.name}” was added`
      }
      footer={made === undefined ? undefined : <Button onClick={close}>Close</Button>}
    >
      {!isOpen ? null : made === undefined ? (
        <AddKeyForm
          fields={description.fields}
          submitLabel="Rotate"
          rotating={rotating}
          ownerName={owner.name}
          pending={rotate.isPending}
          error={rotate.error}
          onCancel={close}
          onDownloaded={setDownloadedName}
          onSubmit={({ name, key, expiresAt }, form) =>
            rotate.mutate({
              ownerId: owner.id,
              kind: description.id,
              credential: { id: rotating.id },
              overlap: chosenOverlap(form),
              values: { name, key },
              expiresAt,
            })
          }
        >
          <OverlapField description={description} credential={rotating} />
        </AddKeyForm>
      ) : (
        <ConfigurationView
          {...{ owner, isOwn, context }}
          credential={made}
          keyFileName={downloadedName ?? usualKeyFile}
          wasDownloaded={downloadedName !== undefined}
        />
      )}
    </Dialog>
  );
}

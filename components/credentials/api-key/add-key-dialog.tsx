"use client";

import { useState } from "react";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { issueCredentialAction } from "@/lib/actions/credentials";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { IssueDialogProps } from "../kind-props";
import { AddKeyForm } from "./add-key-form";
import { ConfigurationView } from "./configuration-view";
import { usualKeyFile } from "./key-file-name";

/** *Add API Key*: from a public key, made here or brought along, to the configuration file that uses it. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function AddKeyDialog(props: IssueDialogProps) {
  const { description, owner, isOwn, context, isOpen, onClose, onClosed } = props;
  const [downloadedName, setDownloadedName] = useState<string>();
  const issue = useActionMutation(issueCredentialAction, {
    // Nothing here is secret: the list may show it, and its first use, while the configuration is still open.
    invalidates: [credentialsKey(owner.id, description.id)],
  });
  const made = issue.data?.credential;
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    issue.reset();
    setDownloadedName(undefined);
    onClose();
  };
  const requestClose = () => {
    if (issue.isPending) return;
    if (made === undefined && downloadedName !== undefined) setAsking(true);
    else close();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={requestClose}
      onClosed={onClosed}
      size={made === undefined ? "regular" : "wide"}
      title={made === undefined ? titleFor(props) : `API key “${made.name}” was added`}
      footer={made === undefined ? undefined : <Button onClick={close}>Close</Button>}
    >
      {!isOpen ? null : made === undefined ? (
        <AddKeyForm
          fields={description.fields}
          submitLabel={description.confirmLabel}
          ownerName={owner.name}
          pending={issue.isPending}
          error={issue.error}
          onCancel={requestClose}
          onDownloaded={setDownloadedName}
          onSubmit={({ name, key, expiresAt }) =>
            issue.mutate({
              ownerId: owner.id,
              kind: description.id,
              values: { name, key },
              expiresAt,
            })
          }
        />
      ) : (
        <ConfigurationView
          {...{ owner, isOwn, context }}
          credential={made}
          keyFileName={downloadedName ?? usualKeyFile}
          wasDownloaded={downloadedName !== undefined}
        />
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onCancel={() => setAsking(false)}
        onConfirm={close}
        title="The key is not added yet"
        cancelLabel="Go back"
        confirmLabel="Close without adding"
        pending={false}
        error={null}
      >
        <p>
          The private key that was downloaded opens nothing until <em>Add</em> is pressed, and its
          public half cannot be had here again.
        </p>
      </ConfirmDialog>
    </Dialog>
  );
}

function titleFor({ description, owner, isOwn }: IssueDialogProps): string {
  return isOwn ? description.issueTitle : `${description.issueTitle} for ${owner.name}`;
}

"use client";

import { type ReactNode, useState } from "react";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionError } from "@/lib/client/action-error";
import type { CredentialView } from "@/lib/domain/credentials/present";

import type { IssueDialogProps } from "../kind-props";
import { AddKeyForm, type NewKey } from "./add-key-form";
import { ConfigurationView } from "./configuration-view";
import { usualKeyFile } from "./key-file-name";

type KeyDialogProps = IssueDialogProps & {
  /** As long as there is no key. */
  title: string;
  submitLabel: string;
  rotating?: CredentialView;
  /** What the form asks for above the choice of the key. */
  children?: ReactNode;
  made: CredentialView | undefined;
  pending: boolean;
  error: ActionError | null;
  onSubmit: (key: NewKey, form: FormData) => void;
  /** Forgets what was sent and made. */
  onReset: () => void;
};

/**
 * From a public key, made here or brought along, to the configuration file that uses it. A private key that was
 * downloaded and whose public half nobody sent yet is not left behind unasked.
 */
export function KeyDialog(props: KeyDialogProps) {
  const { owner, isOwn, context, isOpen, onClose, made, pending, submitLabel } = props;
  const [downloadedName, setDownloadedName] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    props.onReset();
    setDownloadedName(undefined);
    onClose();
  };
  const requestClose = () => {
    if (made === undefined && downloadedName !== undefined) setAsking(true);
    else close();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={requestClose}
      onClosed={props.onClosed}
      size={made === undefined ? "regular" : "wide"}
      title={made === undefined ? props.title : `API key “${made.name}” was added`}
      footer={made === undefined ? undefined : <Button onClick={close}>Close</Button>}
    >
      {!isOpen ? null : made === undefined ? (
        <AddKeyForm
          fields={props.description.fields}
          submitLabel={submitLabel}
          rotating={props.rotating}
          ownerName={owner.name}
          pending={pending}
          error={props.error}
          onCancel={requestClose}
          onDownloaded={setDownloadedName}
          onSubmit={props.onSubmit}
        >
          {props.children}
        </AddKeyForm>
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
          The private key that was downloaded opens nothing until <em>{submitLabel}</em> is pressed,
          and its public half cannot be had here again.
        </p>
      </ConfirmDialog>
    </Dialog>
  );
}

"use client";

import { useRef } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

import type { RowDialogProps } from "../kind-props";
import { ConfigurationView } from "./configuration-view";
import { keyFileNames } from "./key-file-name";

/** *View configuration file*, at any time after the key was added. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ConfigurationDialog(props: RowDialogProps) {
  const { credential, owner, isOpen, onClose } = props;
  const copyButton = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
      title={`Configuration file for “${credential.name}”`}
      footer={<Button onClick={onClose}>Close</Button>}
      initialFocus={copyButton}
    >
      <ConfigurationView
        {...props}
        copyButton={copyButton}
        keyFileName={keyFileNames(owner.name, credential.publicId).privateKey}
        wasDownloaded={false}
      />
    </Dialog>
  );
}

"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

import type { RowDialogProps } from "../kind-props";
import { MailLoginClients } from "./clients";

/** *View configuration file*, at any time: the password has a placeholder, because it was shown only once. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function MailLoginClientsDialog(props: RowDialogProps) {
  const { credential, isOpen, onClose } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
      title={`Configuration for “${credential.name}”`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <MailLoginClients userName={credential.publicId} password="<the password>" />
    </Dialog>
  );
}

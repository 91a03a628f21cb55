"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

import type { RowDialogProps } from "../kind-props";
import { SecretKeyClients } from "./clients";

/** *View configuration file*, at any time: the secret has a placeholder, because it was shown only once. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function SecretKeyClientsDialog(props: RowDialogProps) {
  const { credential, context, isOpen, onClose } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
      title={`Configuration for “${credential.name}”`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <SecretKeyClients
        accessKeyId={credential.publicId}
        secretKey="<the secret key>"
        region={context.region}
      />
    </Dialog>
  );
}

"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

import type { RowDialogProps } from "../kind-props";
import { MatchFile } from "./match-file";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function MatchDialog({ credential, isOpen, onClose }: RowDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Does this file match “${credential.name}”?`}
      description={<code className="break-all">{credential.publicId}</code>}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <MatchFile name={credential.name} fingerprint={credential.publicId} />
    </Dialog>
  );
}

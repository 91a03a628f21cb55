"use client";

import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

import type { RowDialogProps } from "./kind-props";

type ConfigurationFrameProps = Pick<RowDialogProps, "credential" | "isOpen" | "onClose"> & {
  children: ReactNode;
};

/** The dialog around a credential's lines to paste. */
export function ConfigurationFrame(props: ConfigurationFrameProps) {
  const { credential, isOpen, onClose, children } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
      title={`Configuration for “${credential.name}”`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {children}
    </Dialog>
  );
}

import type { ReactNode } from "react";

export type ConfirmDialogProps = {
  isOpen: boolean;
  /** Not called while `pending`. */
  onCancel: () => void;
  onConfirm: () => void;
  /** Names the thing: *Delete auth token “swift backup”*. */
  title: ReactNode;
  /** The consequences, in words: what is refused from now on, and who used it lately. */
  children: ReactNode;
  /** The verb and the thing again: *Delete auth token*. */
  confirmLabel: string;
  cancelLabel?: string | undefined;
  tone?: "danger" | "primary" | undefined;
  pending: boolean;
  error: { message: string; requestId?: string | undefined } | null;
  /** A box that must be ticked first, for what is still in use. */
  requirement?: string | undefined;
  /** What has to be done first, where it is known before the question is answered. */
  disabledReason?: string | undefined;
};

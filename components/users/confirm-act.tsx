"use client";

import type { ReactNode } from "react";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import type { ActionAnswer } from "@/lib/client/action-error";

import type { UserDialogProps } from "./user-dialogs";

type ConfirmActProps<Output> = UserDialogProps & {
  action: (input: { userId: string }) => Promise<ActionAnswer<Output>>;
  /** The verb: *Suspend*. */
  verb: string;
  tone?: "danger" | "primary" | undefined;
  /** The question, where the verb and the name do not make one. */
  title?: string | undefined;
  /** What is announced when it is done. */
  done: string | ((output: Output) => string);
  /** What follows from it. */
  children: ReactNode;
};

/** An act on a user that takes one question and no more: what follows from it, then the verb. */
export function ConfirmAct<Output>(props: ConfirmActProps<Output>) {
  const { user, isOpen, onClose, action, verb, tone, title, done, children } = props;
  const act = useDialogAction(action, onClose, (output) =>
    typeof done === "string" ? done : done(output),
  );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={act.close}
      onConfirm={() => act.mutate({ userId: user.id })}
      title={title ?? `${verb} “${user.name}”`}
      confirmLabel={verb}
      tone={tone}
      pending={act.isPending}
      error={act.error}
    >
      {children}
    </ConfirmDialog>
  );
}

"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import type { ActionAnswer } from "@/lib/client/action-error";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { UserDialogProps } from "./user-dialogs";

type ConfirmActProps = UserDialogProps & {
  action: (input: { userId: string }) => Promise<ActionAnswer<unknown>>;
  /** The verb: *Suspend*. */
  verb: string;
  tone?: "danger" | "primary" | undefined;
  /** What is announced when it is done. */
  done: string;
  /** What follows from it. */
  children: ReactNode;
};

/** An act on a user that takes one question and no more: what follows from it, then the verb. */
export function ConfirmAct(props: ConfirmActProps) {
  const { user, isOpen, onClose, action, verb, tone, done, children } = props;
  const router = useRouter();
  const act = useActionMutation(action);
  const close = () => {
    act.reset();
    onClose();
  };
  const confirm = () =>
    act.mutate(
      { userId: user.id },
      {
        onSuccess: () => {
          close();
          announce(done);
          router.refresh();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={confirm}
      title={`${verb} “${user.name}”`}
      confirmLabel={verb}
      tone={tone}
      pending={act.isPending}
      error={act.error}
    >
      {children}
    </ConfirmDialog>
  );
}

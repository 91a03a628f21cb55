"use client";

import { type ComponentType, lazy, Suspense } from "react";

import { Button } from "@/components/ui/button";
import { preloadDialog } from "@/components/ui/dialog";
import { useShown } from "@/components/ui/use-shown";

import type { EnableDialogProps } from "./enable-dialog";

const dialogs = {
  enable: lazy(async () => ({ default: (await import("./enable-dialog")).EnableDialog })),
  renew: lazy(async () => ({ default: (await import("./renew-codes-dialog")).RenewCodesDialog })),
  disable: lazy(async () => {
    const { DisableDialog } = await import("./disable-dialog");
    return { default: (props: EnableDialogProps) => <DisableDialog {...props} isOwn /> };
  }),
} satisfies Record<string, ComponentType<EnableDialogProps>>;

export type SecondFactorButtonsProps = Pick<EnableDialogProps, "owner" | "tenancyName"> & {
  isOn: boolean;
  /** Where enabling is all that there is to do. */
  isForced?: boolean;
};

/** What people do about their own second factor. */
export function SecondFactorButtons({
  isOn,
  isForced = false,
  ...about
}: SecondFactorButtonsProps) {
  const { shown, isOpen, show, close } = useShown<keyof typeof dialogs>();
  const Shown = shown === null ? null : dialogs[shown];
  const ahead = { onPointerEnter: preloadDialog, onFocus: preloadDialog };
  return (
    <>
      {isOn ? (
        <>
          <Button {...ahead} onClick={() => show("renew")}>
            New recovery codes
          </Button>
          <Button {...ahead} onClick={() => show("disable")}>
            Disable
          </Button>
        </>
      ) : (
        <Button
          {...ahead}
          variant={isForced ? "primary" : "secondary"}
          onClick={() => show("enable")}
        >
          Enable Multi-Factor Authentication
        </Button>
      )}
      {Shown !== null && (
        <Suspense fallback={null}>
          <Shown {...about} isOpen={isOpen} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

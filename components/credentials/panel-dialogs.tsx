"use client";

import { lazy, Suspense, useState } from "react";

import { preloadDialog } from "@/components/ui/dialog";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import type { Owner, ServerContext } from "./context";
import { extrasOf } from "./kind-extras";

/** What is open above the list. From `asking` the dialog goes on to `revealing` by itself: it alone has the secret. */
export type PanelState =
  | { step: "closed" }
  | { step: "asking" }
  | { step: "editing"; credential: CredentialView }
  | { step: "rotating"; credential: CredentialView }
  | { step: "deleting"; credential: CredentialView }
  | { step: "switching"; credential: CredentialView; isEnabled: boolean }
  /** One of the kind's own row actions. */
  | { step: "viewing"; credential: CredentialView; index: number };

type PanelDialogsProps = {
  description: KindDescription;
  owner: Owner;
  isOwn: boolean;
  context: ServerContext;
  state: PanelState;
  onStateChange: (state: PanelState) => void;
  onChanged: () => void;
  onIssued: (credential: CredentialView) => void;
};

const loadIssueDialog = () => import("./issue-dialog");
const PlainIssueDialog = lazy(loadIssueDialog);
const PlainRotateDialog = lazy(() => import("./rotate-dialog"));
const EditDialog = lazy(() => import("./edit-dialog"));
const SwitchDialog = lazy(() => import("./switch-dialog"));
const DeleteDialog = lazy(() => import("./delete-dialog"));

/** Fetches what issuing needs ahead, when its button gets the pointer or the focus. */
export function preloadIssueDialog(): void {
  preloadDialog();
  void loadIssueDialog();
}

/** Keeps the dialog that was last open mounted while it leaves the screen. */
export function PanelDialogs(props: PanelDialogsProps) {
  const { state, onStateChange } = props;
  const [shown, setShown] = useState<PanelState>(state);
  if (state.step !== "closed" && state !== shown) setShown(state);
  const isOpen = state.step !== "closed";
  const onClose = () => onStateChange({ step: "closed" });
  return (
    <Suspense fallback={null}>
      <OpenDialog {...props} state={isOpen ? state : shown} isOpen={isOpen} onClose={onClose} />
    </Suspense>
  );
}

function OpenDialog({
  state,
  onChanged,
  ...props
}: Omit<PanelDialogsProps, "onStateChange"> & { isOpen: boolean; onClose: () => void }) {
  const { description, isOpen, onClose } = props;
  const extras = extrasOf(description.id);
  switch (state.step) {
    case "closed":
      return null;
    case "asking": {
      const Issue = extras.IssueDialog ?? PlainIssueDialog;
      return <Issue {...props} onClosed={onChanged} />;
    }
    case "rotating": {
      const Rotate = extras.RotateDialog ?? PlainRotateDialog;
      return (
        <Rotate
          key={state.credential.id}
          {...props}
          rotating={state.credential}
          onClosed={onChanged}
        />
      );
    }
    case "editing":
      return (
        <EditDialog
          key={state.credential.id}
          {...{ description, isOpen, onClose }}
          credential={state.credential}
        />
      );
    case "switching":
      return (
        <SwitchDialog
          key={state.credential.id}
          {...{ description, isOpen, onClose }}
          credential={state.credential}
          isEnabled={state.isEnabled}
        />
      );
    case "deleting":
      return (
        <DeleteDialog
          key={state.credential.id}
          {...{ description, isOpen, onClose }}
          credential={state.credential}
          onDeleted={onChanged}
        />
      );
    case "viewing": {
      const View = extras.rowActions?.[state.index]?.Dialog;
      if (View === undefined) return null;
      return <View key={state.credential.id} {...props} credential={state.credential} />;
    }
  }
}

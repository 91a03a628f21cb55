"use client";

import { lazy } from "react";

import { useDialogOpener } from "@/components/ui/use-dialog-opener";

import type { AuditLine } from "./audit-line";

const loadDialog = () => import("./event-dialog");
const EventDialog = lazy(loadDialog);

/** What happened, as the button that opens all that is known of it. */
export function EventButton({ line }: { line: AuditLine }) {
  const { button, dialog } = useDialogOpener({
    renderDialog: (state) => <EventDialog line={line} {...state} />,
    preload: () => void loadDialog(),
  });
  return (
    <>
      <button
        type="button"
        className="link inline-block min-h-6 rounded-mark text-left wrap-anywhere"
        {...button}
      >
        {line.what}
      </button>
      {dialog}
    </>
  );
}

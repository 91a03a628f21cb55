"use client";

import { clsx } from "clsx";
import { Download, Printer } from "lucide-react";
import {
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { buttonStyle } from "@/components/ui/button-style";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { CopyableCode } from "@/components/ui/copyable-code";
import { InlineAlert } from "@/components/ui/inline-alert";
import { KeyValues } from "@/components/ui/key-values";
import { useHydrated } from "@/lib/client/hydrated";
import { useLeavingAsks } from "@/lib/client/use-leaving-asks";

import { inSentence } from "./credential-text";
import { downloadText } from "./download";
import { HandOver } from "./hand-over";
import { RevealPrint } from "./reveal-print";
import { revealFileText, type SecretExtra } from "./reveal-text";
import { SecretValue } from "./secret-value";
import type { RevealClosing } from "./use-reveal-closing";

export type RevealPanelProps = {
  /** What the value is called: "token", "one-time password". */
  secretNoun: string;
  secret: string;
  /** What belongs to it and is no secret: a user name, an access key. */
  extras?: readonly SecretExtra[] | undefined;
  /** What it is for, on the printed sheet. */
  purpose: string;
  /** What whoever lost it has to do: *reset the password again*. */
  remedy: string;
  ownerName: string;
  isOwn: boolean;
  /** Of the text file that *Download* saves. */
  fileName: string;
  /** From `useRevealClosing`, whose `request` is also the dialog's `onClose`. */
  closing: RevealClosing;
  /** For a dialog that opens with the secret: its `initialFocus`. The button takes the focus in any case. */
  copyButton?: RefObject<HTMLButtonElement | null> | undefined;
  /** Where whoever is done goes on, on a page; a dialog closes. */
  wayOut?: { label: string; href: string } | undefined;
  /** Ready to paste, below. */
  children?: ReactNode;
};

/** A secret, shown once: to copy, download, print or tick off, before its dialog may close unasked. */
export function RevealPanel(props: RevealPanelProps) {
  const { secretNoun, extras = [], remedy, isOwn, ownerName, closing, children } = props;
  const isHydrated = useHydrated();
  useLeavingAsks(!closing.isSaved, closing.request);
  return (
    <div className="flex flex-col gap-4">
      <InlineAlert tone="warn">This is the only time the {secretNoun} is shown.</InlineAlert>
      {extras.length > 0 && (
        <KeyValues
          items={extras.map((extra) => ({
            label: extra.label,
            value: extra.isCode ? (
              <CopyableCode text={extra.value} label={`Copy ${inSentence(extra.label)}`} />
            ) : (
              extra.value
            ),
          }))}
        />
      )}
      <SecretBox {...props} />
      {!isOwn && <HandOver ownerName={ownerName} secretNoun={secretNoun} />}
      <Checkbox
        className={isHydrated ? undefined : "invisible"}
        label="I have saved it"
        checked={closing.isSaved}
        onChange={(event) => closing.setSaved(event.target.checked)}
      />
      {children}
      <ButtonRow>
        {props.wayOut === undefined ? (
          <Button onClick={closing.request}>Close</Button>
        ) : (
          <WayOut {...props.wayOut} closing={closing} />
        )}
      </ButtonRow>
      <ConfirmDialog
        isOpen={closing.isAsking}
        onCancel={closing.stay}
        onConfirm={closing.leave}
        title={`The ${secretNoun} is not saved yet`}
        cancelLabel="Go back"
        confirmLabel="Close without saving"
        pending={false}
        error={null}
      >
        <p>It cannot be shown again. Whoever closes now without a copy has to {remedy}.</p>
      </ConfirmDialog>
    </div>
  );
}

/** A link, for it works without JavaScript, too. A new document: nothing of this one stays in memory. */
function WayOut({ label, href, closing }: { label: string; href: string; closing: RevealClosing }) {
  const ask = (event: MouseEvent) => {
    if (closing.isSaved) return;
    event.preventDefault();
    closing.request();
  };
  return (
    <a href={href} onClick={ask} className={buttonStyle({})}>
      {label}
    </a>
  );
}

function SecretBox(props: RevealPanelProps) {
  const { secretNoun, secret, extras = [], fileName, closing, copyButton } = props;
  const value = useRef<HTMLElement>(null);
  const isHydrated = useHydrated();
  const ownButton = useRef<HTMLButtonElement>(null);
  const button = copyButton ?? ownButton;
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => button.current?.focus(), [button]);
  const markSaved = () => closing.setSaved(true);
  const download = () => {
    downloadText(revealFileText(secretNoun, secret, extras), fileName);
    markSaved();
  };
  return (
    <div className="flex flex-col gap-3">
      <SecretValue ref={value} noun={secretNoun} secret={secret} />
      <div
        className={clsx(
          "flex flex-wrap items-start gap-2 max-sm:[&_button]:px-2.5",
          !isHydrated && "invisible",
        )}
      >
        <CopyButton
          ref={button}
          text={secret}
          label="Copy"
          visible={value}
          isLabelled
          variant="primary"
          onCopied={(outcome) => outcome === "copied" && markSaved()}
        />
        <Button icon={<Download aria-hidden="true" className="size-3.5" />} onClick={download}>
          Download
        </Button>
        <Button
          icon={<Printer aria-hidden="true" className="size-3.5" />}
          onClick={() => setPrinting(true)}
        >
          Print
        </Button>
      </div>
      {isPrinting && (
        <RevealPrint
          {...props}
          onPrinted={() => {
            setPrinting(false);
            markSaved();
          }}
        />
      )}
    </div>
  );
}

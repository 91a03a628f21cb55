"use client";

import { Download } from "lucide-react";
import { useRef } from "react";

import { downloadText } from "@/components/credentials/download";
import { useLeavingAsks } from "@/lib/client/use-leaving-asks";
import type { RevealClosing } from "@/components/credentials/use-reveal-closing";
import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { InlineAlert } from "@/components/ui/inline-alert";
import { Status } from "@/components/ui/status";

import type { Halt, RowResult } from "./bulk-acts";

type BulkResultsProps = {
  results: readonly RowResult[];
  halt: Halt | undefined;
  isRunning: boolean;
  closing: RevealClosing;
  onStop: () => void;
  onRepeat: () => void;
  onClose: () => void;
};

/** How far it is, what came of each, and the way to repeat what failed. */
export function BulkResults(props: BulkResultsProps) {
  const { results, halt, isRunning, closing, onStop, onRepeat, onClose } = props;
  const done = results.filter(({ state }) => state === "done").length;
  const open = results.length - done;
  const secrets = results.filter(({ secret }) => secret !== undefined);
  useLeavingAsks(secrets.length > 0 && !closing.isSaved, onClose);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <progress
          aria-label="Progress"
          value={results.filter(({ state }) => state === "done" || state === "failed").length}
          max={results.length}
          className="h-1.5 w-full appearance-none overflow-clip forced-colors:h-auto forced-colors:appearance-auto rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        />
        <output className="text-small text-ink-soft tabular-nums">
          {done} of {results.length} done
          {!isRunning && open > 0 && `; ${open} not`}
        </output>
      </div>
      {halt !== undefined && <Halted halt={halt} />}
      {secrets.length > 0 && (
        <InlineAlert tone="warn">
          This is the only time the one-time passwords are shown. Hand each to its user alone, by
          voice or on paper; they are valid for 7 days.
        </InlineAlert>
      )}
      <DataTable
        label="Results"
        columns={secrets.length > 0 ? [...columns, passwordColumn] : columns}
        rows={results}
        rowKey={({ user }) => user.id}
        empty={null}
      />
      {secrets.length > 0 && (
        <Checkbox
          label="I have saved them"
          checked={closing.isSaved}
          onChange={({ target }) => closing.setSaved(target.checked)}
        />
      )}
      <ButtonRow>
        {secrets.length > 0 && !isRunning && (
          <Button
            icon={<Download aria-hidden="true" className="size-3.5" />}
            onClick={() => {
              downloadText(fileOf(secrets), "one-time-passwords.txt");
              closing.setSaved(true);
            }}
          >
            Download all
          </Button>
        )}
        {isRunning && <Button onClick={onStop}>Stop</Button>}
        {!isRunning && open > 0 && <Button onClick={onRepeat}>Repeat for {open}</Button>}
        <Button
          variant="primary"
          onClick={onClose}
          disabledReason={isRunning ? "Still at work." : undefined}
        >
          Close
        </Button>
      </ButtonRow>
      <ConfirmDialog
        isOpen={closing.isAsking}
        onCancel={closing.stay}
        onConfirm={closing.leave}
        title="The one-time passwords are not saved yet"
        cancelLabel="Go back"
        confirmLabel="Close without saving"
        pending={false}
        error={null}
      >
        <p>They cannot be shown again. Whoever closes now without a copy has to reset them anew.</p>
      </ConfirmDialog>
    </div>
  );
}

/** Said once, and not for each that is left. */
function Halted({ halt }: { halt: Halt }) {
  const { sentence, way } = halts[halt];
  return (
    <InlineAlert title="It went no further.">
      {sentence}{" "}
      {way && (
        <>
          <a
            href={way.href}
            target="_blank"
            rel="noreferrer"
            className="rounded-mark underline underline-offset-2"
          >
            {way.label}
          </a>
          , then come back here and repeat it for the rest.
        </>
      )}
    </InlineAlert>
  );
}

const halts: Readonly<
  Record<Halt, { sentence: string; way: { href: string; label: string } | null }>
> = {
  "signed-out": {
    sentence: "Your session has ended; what is done stays done.",
    way: { href: "/sign-in", label: "Sign in in another tab" },
  },
  "must-change-password": {
    sentence: "You have to change your password first; what is done stays done.",
    way: { href: "/change-password", label: "Change it in another tab" },
  },
  "not-proved": {
    sentence: "You did not enter your password. Repeat it to be asked again.",
    way: null,
  },
};

const fileOf = (secrets: readonly RowResult[]) =>
  secrets.map(({ user, secret = "" }) => `${user.name}\t${secret}\n`).join("");

const columns: readonly Column<RowResult>[] = [
  { id: "user", header: "User", place: "name", cell: ({ user }) => user.name },
  { id: "result", header: "Result", cell: (result) => <Outcome {...result} /> },
];

const passwordColumn: Column<RowResult> = {
  id: "password",
  header: "One-time password",
  cell: ({ user, secret }) =>
    secret === undefined ? "–" : <OneTimePassword name={user.name} secret={secret} />,
};

function OneTimePassword({ name, secret }: { name: string; secret: string }) {
  const code = useRef<HTMLElement>(null);
  return (
    <span className="-my-1.5 inline-flex items-center gap-0.5">
      <code ref={code} className="whitespace-nowrap select-all">
        {secret}
      </code>
      <CopyButton text={secret} label={`Copy one-time password of ${name}`} visible={code} />
    </span>
  );
}

function Outcome({ state, problem }: RowResult) {
  switch (state) {
    case "waiting":
      return <Status tone="neutral">Waiting</Status>;
    case "running":
      return <Status tone="neutral">At work</Status>;
    case "done":
      return <Status tone="good">Done</Status>;
    case "failed":
      return (
        <span className="block">
          <Status tone="danger">Failed</Status>
          <span className="block text-ink-soft">{problem}</span>
        </span>
      );
  }
}

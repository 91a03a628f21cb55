"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { SectionHeader } from "@/components/shell/page-header";
import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { useFocusAfterRemoval } from "@/components/table/use-focus-after-removal";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import { useShown } from "@/components/ui/use-shown";
import { endSessionAction } from "@/lib/actions/sessions";
import { hoursWords, minutesWords } from "@/lib/domain/durations";
import type { SessionRules } from "@/lib/domain/settings/sessions";

import { SignOutEverywhere } from "./sign-out-everywhere";

export type SessionRow = {
  id: string;
  isCurrent: boolean;
  createdAt: string;
  lastSeenAt: string;
  address: string;
  device: string;
};

export type SessionsPanelProps = {
  owner: { id: string; name: string };
  isOwn: boolean;
  sessions: readonly SessionRow[];
  rules: SessionRules;
};

type Asking = { about: "one"; session: SessionRow } | { about: "others" };

/** Where a person is signed in; each place can be signed out, or all others at once. */
export function SessionsPanel({ owner, isOwn, sessions, rules }: SessionsPanelProps) {
  const { shown, isOpen, show, close } = useShown<Asking>();
  const region = useFocusAfterRemoval(sessions.length);
  const others = sessions.filter((session) => !session.isCurrent);
  const allLabel = isOwn ? "Sign out everywhere else" : "Sign out everywhere";
  const signOutOf = (session: SessionRow) =>
    session.isCurrent ? null : (
      <Button variant="ghost" onClick={() => show({ about: "one", session })}>
        Sign out
      </Button>
    );
  return (
    <>
      <SectionHeader
        id="sessions-title"
        title="Sessions"
        description={`Where ${isOwn ? "you are" : `${owner.name} is`} signed in. A session ends after ${minutesWords(rules.idleMinutes)} without use, or ${hoursWords(rules.absoluteHours)} in all.`}
        action={
          others.length > 0 ? (
            <Button onClick={() => show({ about: "others" })}>{allLabel}</Button>
          ) : undefined
        }
      />
      <div ref={region} tabIndex={-1} data-focus-target="">
        <DataTable
          label="Sessions"
          columns={columns}
          rows={sessions}
          rowKey={(session) => session.id}
          actions={signOutOf}
          empty={<EmptyState>{owner.name} is not signed in anywhere.</EmptyState>}
        />
      </div>
      {shown?.about === "one" && (
        <EndOne
          key={shown.session.id}
          owner={owner}
          session={shown.session}
          isOpen={isOpen}
          onClose={close}
        />
      )}
      <SignOutEverywhere
        owner={owner}
        isOwn={isOwn}
        isOpen={isOpen && shown?.about === "others"}
        onClose={close}
      />
    </>
  );
}

type QuestionProps = {
  owner: SessionsPanelProps["owner"];
  session: SessionRow;
  isOpen: boolean;
  onClose: () => void;
};

function EndOne({ owner, session, isOpen, onClose }: QuestionProps) {
  const ending = useDialogAction(endSessionAction, onClose, () => "Signed out.");
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={ending.close}
      onConfirm={() => ending.mutate({ userId: owner.id, sessionId: session.id })}
      title={`Sign out ${session.device}`}
      confirmLabel="Sign out"
      pending={ending.isPending}
      error={ending.error}
    >
      <p>
        The session from {session.address} ends at once: whoever uses it has to sign in again. Keys
        and tokens go on working.
      </p>
    </ConfirmDialog>
  );
}

const columns: readonly Column<SessionRow>[] = [
  {
    id: "device",
    header: "Device",
    place: "name",
    cell: ({ device }) => device,
  },
  {
    id: "current",
    header: "Session",
    place: "state",
    cell: ({ isCurrent }) => (isCurrent ? <Badge>This one</Badge> : null),
  },
  {
    id: "place",
    header: "Place",
    cell: ({ address }) => <span className="break-all">{address || "unknown"}</span>,
  },
  {
    id: "created",
    header: "Signed in",
    cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
  },
  {
    id: "seen",
    header: "Last seen",
    cell: ({ lastSeenAt }) => <RelativeTime instant={lastSeenAt} />,
  },
];

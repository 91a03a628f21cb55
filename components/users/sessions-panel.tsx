"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { SectionHeader } from "@/components/shell/page-header";
import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import { endSessionAction } from "@/lib/actions/sessions";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";
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
  const [asking, setAsking] = useState<Asking | null>(null);
  const others = sessions.filter((session) => !session.isCurrent);
  const allLabel = isOwn ? "Sign out everywhere else" : "Sign out everywhere";
  const signOutOf = (session: SessionRow) =>
    session.isCurrent ? null : (
      <Button variant="ghost" onClick={() => setAsking({ about: "one", session })}>
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
            <Button onClick={() => setAsking({ about: "others" })}>{allLabel}</Button>
          ) : undefined
        }
      />
      <DataTable
        label="Sessions"
        columns={columns}
        rows={sessions}
        rowKey={(session) => session.id}
        actions={signOutOf}
        empty={<EmptyState>{owner.name} is not signed in anywhere.</EmptyState>}
      />
      <EndOne owner={owner} asking={asking} onClose={() => setAsking(null)} />
      <SignOutEverywhere
        owner={owner}
        isOwn={isOwn}
        isOpen={asking?.about === "others"}
        onClose={() => setAsking(null)}
      />
    </>
  );
}

type QuestionProps = {
  owner: SessionsPanelProps["owner"];
  asking: Asking | null;
  onClose: () => void;
};

function EndOne({ owner, asking, onClose }: QuestionProps) {
  const router = useRouter();
  const session = asking?.about === "one" ? asking.session : undefined;
  const ending = useActionMutation(endSessionAction, {
    onDone: () => {
      announce("Signed out.");
      onClose();
      router.refresh();
    },
  });
  return (
    <ConfirmDialog
      isOpen={session !== undefined}
      onCancel={() => {
        ending.reset();
        onClose();
      }}
      onConfirm={() => ending.mutate({ userId: owner.id, sessionId: session?.id })}
      title={`Sign out ${session?.device ?? ""}`}
      confirmLabel="Sign out"
      pending={ending.isPending}
      error={ending.error}
    >
      <p>
        The session from {session?.address} ends at once: whoever uses it has to sign in again. Keys
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

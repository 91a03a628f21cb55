import Link from "next/link";

import type { Column as TableColumn } from "@/components/table/table-parts";
import type { KeyValue } from "@/components/ui/key-values";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { clientWords } from "@/lib/domain/audit/client-words";
import type { Column } from "@/lib/domain/credentials/kind";
import { type CredentialView, unreadableName } from "@/lib/domain/credentials/present";

import { CredentialStatus } from "./credential-status";
import { credentialText, inSentence } from "./credential-text";

type Options = {
  columns: readonly Column[];
  /** Who is looking: their own acts are "me". */
  viewerId: string;
  isFirstUse: (credential: CredentialView) => boolean;
  /** Where each one's own page lies, for a kind that has such pages. */
  pagesBelow?: string;
};

/** The kind's own columns with the state after the first, which names the row. */
export function credentialColumns(options: Options): TableColumn<CredentialView>[] {
  const [first, ...others] = options.columns.map((column) => toTableColumn(column, options));
  const state: TableColumn<CredentialView> = {
    id: "state",
    header: "State",
    place: "state",
    cell: (credential) => <CredentialStatus credential={credential} />,
  };
  if (first === undefined) return [state];
  return [{ ...first, place: "name", cell: nameCell(first, options) }, state, ...others];
}

/** Of ended ones: when each one ended, instead of when it would have. */
export function endedColumns(options: Options): TableColumn<CredentialView>[] {
  const columns = options.columns.map((column) => (column.format === "expiry" ? ended : column));
  return credentialColumns({ ...options, columns });
}

const ended = { source: "ended", header: "Ended", format: "end" } as const satisfies Column;

/** The same, but for the name, of one of them by itself. */
export function credentialFacts(credential: CredentialView, options: Options): KeyValue[] {
  return options.columns
    .slice(1)
    .map((column) => ({ label: column.header, value: cell(column, credential, options) }));
}

/** Leads to its page, where it has one: the old secret of a credential that goes on has none. */
function nameCell({ cell: show }: TableColumn<CredentialView>, { pagesBelow }: Options) {
  if (pagesBelow === undefined) return show;
  return (credential: CredentialView) =>
    credential.replacedById === null && !credential.isUnreadable ? (
      <Link
        href={`${pagesBelow}/${credential.id}`}
        className="link inline-flex min-h-6 items-center rounded-mark"
      >
        {show(credential)}
      </Link>
    ) : (
      show(credential)
    );
}

function toTableColumn(column: Column, options: Options): TableColumn<CredentialView> {
  return {
    id: column.source,
    header: column.header,
    cell: (credential) => cell(column, credential, options),
  };
}

function cell(column: Column, credential: CredentialView, { viewerId, isFirstUse }: Options) {
  switch (column.format) {
    case "text":
      return <Text credential={credential} column={column} />;
    case "public-part":
      return (
        <PublicPart
          value={credentialText(credential, column.source)}
          copyLabel={`Copy ${inSentence(column.header)}`}
          head={8}
          tail={5}
          showName={column.canShow && inSentence(column.header)}
        />
      );
    case "time":
      return <Created credential={credential} viewerId={viewerId} />;
    case "last-used":
      return <LastUsed credential={credential} isFirstUse={isFirstUse(credential)} />;
    case "expiry":
      return credential.expiresAt === null ? (
        <span className="text-ink-faint">never</span>
      ) : (
        <RelativeTime instant={credential.expiresAt} />
      );
    case "end":
      return credential.ended === null ? null : <RelativeTime instant={credential.ended.at} />;
  }
}

function Text({ credential, column }: { credential: CredentialView; column: Column }) {
  const text = credentialText(credential, column.source);
  if (text !== "") return <span className="wrap-anywhere">{text}</span>;
  return (
    <span className="font-normal text-ink-faint">
      {credential.isUnreadable ? unreadableName : `no ${inSentence(column.header)}`}
    </span>
  );
}

function Created({ credential, viewerId }: { credential: CredentialView; viewerId: string }) {
  const { createdAt, createdBy } = credential;
  const by = createdBy?.id === viewerId ? "me" : createdBy?.name;
  if (by === undefined || by === "") return <RelativeTime instant={createdAt} />;
  return (
    <span className={by.length > shortName ? "wrap-anywhere" : "whitespace-nowrap"}>
      <RelativeTime instant={createdAt} />
      <span className="text-ink-soft">, {by}</span>
    </span>
  );
}

/** So long a name may be to keep its line together. */
const shortName = 16;

function LastUsed({
  credential: { lastUsed },
  isFirstUse,
}: {
  credential: CredentialView;
  isFirstUse: boolean;
}) {
  if (lastUsed === null)
    return <span className="whitespace-nowrap text-ink-faint">never used</span>;
  const by = [lastUsed.address, clientWords(lastUsed.client)].filter(Boolean).join(" · ");
  return (
    <span className="flex max-w-52 flex-col">
      <span className="inline-flex items-center gap-2">
        {isFirstUse && <Status tone="accent">in use</Status>}
        <RelativeTime instant={lastUsed.at} />
      </span>
      <span className="truncate text-tiny text-ink-faint" title={by}>
        {by}
      </span>
    </span>
  );
}

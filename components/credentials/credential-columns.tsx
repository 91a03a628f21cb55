import type { Column as TableColumn } from "@/components/table/table-parts";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import type { Column } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { CredentialStatus } from "./credential-status";
import { credentialText } from "./credential-text";

type Options = {
  columns: readonly Column[];
  /** Who is looking: their own acts are "me". */
  viewerId: string;
  isFirstUse: (credential: CredentialView) => boolean;
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
  return first === undefined ? [state] : [{ ...first, place: "name" }, state, ...others];
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
      return credentialText(credential, column.source) === "" ? (
        <span className="font-normal text-ink-faint">no {inSentence(column.header)}</span>
      ) : (
        <span className="wrap-anywhere">{credentialText(credential, column.source)}</span>
      );
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
  }
}

function Created({ credential, viewerId }: { credential: CredentialView; viewerId: string }) {
  const { createdAt, createdBy } = credential;
  const by = createdBy?.id === viewerId ? "me" : createdBy?.name;
  return (
    <>
      <RelativeTime instant={createdAt} />
      {by !== undefined && by !== "" && <span className="text-ink-soft">, {by}</span>}
    </>
  );
}

function LastUsed({
  credential: { lastUsed },
  isFirstUse,
}: {
  credential: CredentialView;
  isFirstUse: boolean;
}) {
  if (lastUsed === null)
    return <span className="whitespace-nowrap text-ink-faint">never used</span>;
  const by = [lastUsed.address, lastUsed.client].filter(Boolean).join(" · ");
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

/** "Fingerprint" in the middle of a name is "fingerprint"; "OCID" stays. */
function inSentence(header: string): string {
  return header === header.toUpperCase() ? header : header.toLowerCase();
}

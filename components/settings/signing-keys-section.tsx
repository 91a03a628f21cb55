import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { EmptyState } from "@/components/ui/empty-state";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import type { SigningKeyView } from "@/lib/domain/oauth/signing-key-view";

import { RotateSigningKey } from "./rotate-signing-key";
import { SettingsSection } from "./settings-section";

/** The keys that sign access tokens: a new one every month by itself, or now. */
export function SigningKeysSection({
  algorithm,
  keys,
  mayRotate,
}: {
  algorithm: string;
  keys: readonly SigningKeyView[];
  mayRotate: boolean;
}) {
  return (
    <SettingsSection
      id="signing-keys"
      title="Signing keys"
      purpose={
        <>
          They sign access tokens, each for 30 days; the next one is shown a day before. New keys
          are {algorithm}: the server’s environment says so, in{" "}
          <code>LATCHKEY_TOKEN_ALGORITHM</code>.
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <DataTable
          label="Signing keys"
          columns={columns}
          rows={keys}
          rowKey={({ id }) => id}
          empty={<EmptyState>The first key is made when somebody asks for a token.</EmptyState>}
        />
        {mayRotate && keys.length > 0 && <RotateSigningKey />}
      </div>
    </SettingsSection>
  );
}

const stateWords = {
  signs: <Status tone="good">Signs</Status>,
  waits: <Status tone="accent">Signs next</Status>,
  shown: <Status tone="neutral">Only verifies</Status>,
} satisfies Record<SigningKeyView["state"], unknown>;

const columns: readonly Column<SigningKeyView>[] = [
  {
    id: "id",
    header: "Key ID",
    place: "name",
    cell: ({ id }) => <PublicPart value={id} copyLabel="Copy key ID" />,
  },
  { id: "state", header: "State", place: "state", cell: ({ state }) => stateWords[state] },
  { id: "algorithm", header: "Algorithm", cell: ({ algorithm }) => algorithm },
  {
    id: "from",
    header: "Signs from",
    cell: ({ signsFrom }) => <RelativeTime instant={signsFrom} />,
  },
  {
    id: "until",
    header: "Signs until",
    cell: ({ signsUntil }) => <RelativeTime instant={signsUntil} />,
  },
  {
    id: "shown",
    header: "Shown until",
    cell: ({ publishedUntil }) => <RelativeTime instant={publishedUntil} />,
  },
];

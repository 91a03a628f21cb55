import { RelativeTime } from "@/components/ui/relative-time";
import { clientWords } from "@/lib/domain/audit/client-words";
import type { CredentialView } from "@/lib/domain/credentials/present";

/** Who would notice that it opens nothing any more. */
export function LastUse({
  credential: { lastUsed, replacedAt },
  isRecent,
}: {
  credential: CredentialView;
  isRecent: boolean;
}) {
  if (lastUsed === null) return <p>It was never used.</p>;
  if (!isRecent && replacedAt !== null) return <p>Nobody used it since it was replaced.</p>;
  if (!isRecent) return <p>Nobody used it in the last 7 days.</p>;
  return (
    <p className="text-ink">
      Used in the last 7 days: <RelativeTime instant={lastUsed.at} /> from{" "}
      <span className="font-medium">{lastUsed.address}</span> by{" "}
      <span className="font-medium break-words">{clientWords(lastUsed.client)}</span>.
    </p>
  );
}

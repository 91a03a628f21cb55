"use client";

import { clsx } from "clsx";

import { Button } from "@/components/ui/button";
import { KeyValues } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { useMinute } from "@/lib/client/minute";
import { clientWords } from "@/lib/domain/audit/client-words";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { CredentialStatus } from "./credential-status";
import { retirementAdvice } from "./rotation-advice";

type RotationCardsProps = {
  description: KindDescription;
  credentials: readonly CredentialView[];
  onRetire: (credential: CredentialView) => void;
};

/** Each rotation that is under way: old and new side by side, and whether the old one can go. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function RotationCards({ description, credentials, onRetire }: RotationCardsProps) {
  return credentials.flatMap((old) => {
    const successor = credentials.find(({ id }) => id === old.replacedById);
    if (successor === undefined) return [];
    return [
      <RotationCard
        key={old.id}
        {...{ description, old, successor }}
        onRetire={() => onRetire(old)}
      />,
    ];
  });
}

type RotationCardProps = {
  description: KindDescription;
  old: CredentialView;
  successor: CredentialView;
  onRetire: () => void;
};

function RotationCard({ description, old, successor, onRetire }: RotationCardProps) {
  const { tone, words, sentence } = retirementAdvice(old, successor, useMinute());
  const name = `Rotation of ${description.noun.one} “${successor.name}”`;
  return (
    <section
      aria-label={name}
      className="overflow-hidden rounded-panel border border-line bg-surface"
    >
      <div className="grid sm:grid-cols-2">
        <Side title="Old" credential={old} />
        <Side
          title="New"
          credential={successor}
          className="border-t border-line sm:border-t-0 sm:border-l"
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line bg-sunken/60 px-4 py-2.5">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-soft">
          <Status tone={tone}>{words}</Status>
          {sentence}
        </p>
        <Button onClick={onRetire}>Retire</Button>
      </div>
    </section>
  );
}

function Side({
  title,
  credential,
  className,
}: {
  title: string;
  credential: CredentialView;
  className?: string;
}) {
  const { lastUsed } = credential;
  return (
    <div className={clsx("min-w-0 px-4 pt-3 pb-2.5", className)}>
      <h3 className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 font-medium">
        <span className="wrap-anywhere">
          {title} “{credential.name}”
        </span>
        <CredentialStatus credential={credential} />
      </h3>
      <KeyValues
        isCompact
        className="mt-1 text-small"
        items={[
          { label: "Made", value: <RelativeTime instant={credential.secretMadeAt} /> },
          {
            label: "Last used",
            value: lastUsed === null ? "never" : <RelativeTime instant={lastUsed.at} />,
          },
          { label: "By", value: lastUsed === null ? "nobody" : userOf(lastUsed) },
        ]}
      />
    </div>
  );
}

function userOf({ address, client }: NonNullable<CredentialView["lastUsed"]>) {
  return [clientWords(client), address].filter(Boolean).join(" · ");
}

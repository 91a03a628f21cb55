"use client";

import { type ReactNode, type RefObject, Suspense, useRef, useState } from "react";

import { DataTable } from "@/components/table/data-table";
import { EndedRows } from "@/components/table/ended-rows";
import { RowActions } from "@/components/table/row-actions";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InlineAlert } from "@/components/ui/inline-alert";
import { lazyPart } from "@/components/ui/lazy-part";
import { LimitMeter } from "@/components/ui/limit-meter";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import { type CredentialView, takesPlace } from "@/lib/domain/credentials/present";
import { highestLimitSentence, isHighestLimit } from "@/lib/domain/limits/highest";

import type { Owner, ServerContext } from "./context";
import { credentialColumns, endedColumns } from "./credential-columns";
import { extrasOf } from "./kind-extras";
import { PanelDialogs, type PanelState, preloadIssueDialog } from "./panel-dialogs";
import { rowEntries } from "./row-entries";
import { useCredentials } from "./use-credentials";
import { useRefresh, withFreshRow } from "./use-refresh";

const LimitRequest = lazyPart(() => import("./limit-request"));
const RotationCards = lazyPart(() => import("./rotation-cards"));

export type CredentialsPanelProps = {
  description: KindDescription;
  owner: Owner;
  isOwn: boolean;
  context: ServerContext;
  /** Where this section is: each one's own page lies below. */
  path: string;
  /** The list as the server just read it. */
  newest: readonly CredentialView[];
  /** How many this owner may have. */
  limit: number;
  /** The owner asked for more, and nobody has decided. */
  isAsked: boolean;
  /** Why none can be issued at all, for instance a capability that is off. */
  disabledReason?: string | undefined;
};

/** One kind of a user's credentials: what it is for, how many there may be, the list and everything done to it. */
export function CredentialsPanel(props: CredentialsPanelProps) {
  const { description, owner, context } = props;
  const [state, setState] = useState<PanelState>({ step: "closed" });
  const { data, error, readAgain, isFirstUse } = useCredentials({
    ownerId: owner.id,
    kindId: description.id,
    noun: description.noun.one,
    newest: props.newest,
    isTouched: state.step !== "closed",
  });
  const [issued, setIssued] = useState<CredentialView | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const refresh = useRefresh(owner.id, description.id, heading);
  const living = data.filter((credential) => credential.ended === null);
  const ended = data.filter((credential) => credential.ended !== null);
  const used = living.filter(takesPlace).length;
  const isRotating = living.some(({ replacedById }) => replacedById !== null);
  const columns = {
    columns: description.columns,
    viewerId: context.userId,
    isFirstUse,
    ...(description.hasPage && { pagesBelow: props.path }),
  };
  const rowKey = (credential: CredentialView) => credential.id;
  const issueButton = (
    <Button
      variant="primary"
      onClick={() => setState({ step: "asking" })}
      onPointerEnter={preloadIssueDialog}
      onFocus={preloadIssueDialog}
      disabledReason={props.disabledReason ?? limitReason(props, used)}
    >
      {description.issueLabel}
    </Button>
  );
  const isEmpty = living.length === 0;
  const { OwnerPanel, AfterIssue } = extrasOf(description.id);
  const isIssuedThere = living.some(({ id }) => id === issued?.id);
  return (
    <section aria-labelledby={`${description.section}-title`} className="flex flex-col gap-4">
      <PanelHeader
        description={description}
        used={used}
        limit={props.limit}
        isEmpty={isEmpty}
        heading={heading}
      >
        {issueButton}
      </PanelHeader>
      {props.isOwn &&
        used >= props.limit &&
        !isHighestLimit(props.limit) &&
        props.disabledReason === undefined && (
          <LimitRequest description={description} limit={props.limit} isAsked={props.isAsked} />
        )}
      {OwnerPanel !== undefined && <OwnerPanel owner={owner} isOwn={props.isOwn} />}
      {AfterIssue !== undefined && issued !== null && isIssuedThere && (
        <Suspense fallback={null}>
          <AfterIssue credential={issued} owner={owner} onClose={() => setIssued(null)} />
        </Suspense>
      )}
      {error !== null && (
        <InlineAlert>
          The list could not be read. {error.message}{" "}
          <button type="button" className="link" onClick={readAgain}>
            Read it again
          </button>
        </InlineAlert>
      )}
      {isRotating && (
        <RotationCards
          description={description}
          credentials={living}
          onRetire={(credential) => setState({ step: "deleting", credential })}
        />
      )}
      <DataTable
        columns={credentialColumns(columns)}
        rowKey={rowKey}
        label={description.title}
        rows={living}
        actions={menuFor(description, setState)}
        empty={<EmptyState action={issueButton}>{description.purpose}</EmptyState>}
      />
      <EndedRows count={ended.length} noun={description.noun}>
        <DataTable
          columns={endedColumns(columns)}
          rowKey={rowKey}
          label={`Ended ${description.noun.many}`}
          rows={ended}
          isDimmed
          empty={null}
        />
      </EndedRows>
      <PanelDialogs
        {...props}
        state={withFreshRow(state, data)}
        onStateChange={setState}
        onChanged={refresh}
        onIssued={setIssued}
      />
    </section>
  );
}

function PanelHeader({
  description: { section, title, purpose, limitAdvice },
  used,
  limit,
  isEmpty,
  heading,
  children,
}: {
  description: KindDescription;
  used: number;
  limit: number;
  isEmpty: boolean;
  heading: RefObject<HTMLHeadingElement | null>;
  children: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <h2
        ref={heading}
        id={`${section}-title`}
        tabIndex={-1}
        data-focus-target=""
        className="mr-auto text-section font-medium"
      >
        {title}
      </h2>
      <LimitMeter used={used} limit={limit} />
      {/* Where there is no room beside the title, what it does comes first. */}
      {!isEmpty && (
        <div className="max-sm:order-last max-sm:mt-1 max-sm:basis-full">{children}</div>
      )}
      {/* An empty list says the same in its place. */}
      {!isEmpty && (
        <div className="basis-full">
          <p className="max-w-[70ch] text-small text-pretty text-ink-soft">
            {purpose} {used >= limit && limitAdvice}
          </p>
        </div>
      )}
    </header>
  );
}

function limitReason(
  { description: { noun }, limit, isOwn }: CredentialsPanelProps,
  used: number,
): string | undefined {
  if (used < limit) return undefined;
  if (isHighestLimit(limit)) return highestLimitSentence(noun);
  return isOwn
    ? "Delete one, or request a higher limit."
    : "Delete one, or give this user a higher limit with “Edit limits”.";
}

function menuFor(description: KindDescription, setState: (state: PanelState) => void) {
  return (credential: CredentialView) => (
    <RowActions entries={rowEntries(description, credential, setState)} />
  );
}

import Link from "next/link";
import type { ReactNode } from "react";

import { DataTable } from "@/components/table/data-table";
import { Folded } from "@/components/table/folded";
import type { Column } from "@/components/table/table-parts";
import { InlineAlert } from "@/components/ui/inline-alert";
import { Status } from "@/components/ui/status";
import type { SilentStatement, StatementVerdict } from "@/lib/domain/policies/explain";
import { type OperationName, requestOperation } from "@/lib/domain/policies/operations";
import { operationWords } from "@/lib/domain/policies/operation-words";
import type { Answer } from "@/lib/domain/policy";

import { policyPath } from "./policies-paths";

export type ExplanationProps = {
  user: { name: string; isSuspended: boolean };
  groups: readonly { name: string }[];
  operation: OperationName;
  targetUser: string | undefined;
  targetGroup: string | undefined;
  answer: Omit<Answer, "silent">;
  /** Statements that say nothing of the user, and why: the first of `silentCount`. */
  silent: readonly Silent[];
  silentCount: number;
};

type Silent = Omit<SilentStatement, "subject"> & { because: string };

/** The answer in a sentence, then what it hangs on. */
export function Explanation(props: ExplanationProps) {
  const { user, groups, operation, answer } = props;
  return (
    <section aria-labelledby="answer-title" className="mt-8 flex flex-col gap-4">
      <div>
        <h2 id="answer-title" className="text-section">
          {answer.isAllowed ? "Yes" : "No"}: {questionWords(props)}
        </h2>
        <p className="mt-0.5 max-w-[70ch] text-ink-soft">
          {user.name} is in {groups.length === 0 ? "no group" : namesOf(groups)}. The Identity API
          calls it <code>{requestOperation(operation)}</code>.
        </p>
      </div>
      {user.isSuspended && (
        <InlineAlert tone="warn">
          {user.name} is suspended: everything is refused to them, whatever the policies say.
        </InlineAlert>
      )}
      {answer.isOwn ? (
        <p>Everybody may do this to themselves. No policy is needed, and none can take it away.</p>
      ) : (
        <Needs {...props} />
      )}
      {!answer.isOwn && <Verdicts {...props} />}
      {!answer.isOwn && answer.needs.length > 0 && <SilentStatements {...props} />}
    </section>
  );
}

function Needs({ user, targetUser, answer }: ExplanationProps) {
  const { needs, lacks } = answer;
  if (needs.length === 0) return <p>Everybody of the tenancy may do this.</p>;
  return (
    <>
      <ul aria-label="What is needed" className="flex flex-col gap-1">
        {needs.map(({ permission, isGranted }) => (
          <li key={permission} className="flex flex-wrap items-center gap-x-3">
            <Status tone={isGranted ? "good" : "danger"}>{isGranted ? "given" : "missing"}</Status>
            <code>{permission}</code>
          </li>
        ))}
      </ul>
      {lacks.length > 0 && (
        <InlineAlert tone="warn" title={`${targetUser ?? "The group"} holds more`}>
          Nobody touches what belongs to somebody who may do more than they may: whoever resets a
          password could sign in with it. {user.name} does not hold {listed(lacks)}.
        </InlineAlert>
      )}
    </>
  );
}

const mostListed = 6;

function listed(permissions: readonly string[]): ReactNode {
  const more = permissions.length - mostListed;
  return (
    <>
      <code className="wrap-anywhere">{permissions.slice(0, mostListed).join(", ")}</code>
      {more > 0 && ` and ${more} more`}
    </>
  );
}

function Verdicts({ user, answer }: ExplanationProps) {
  return (
    <DataTable
      label="Statements"
      columns={columns}
      rows={answer.verdicts}
      rowKey={({ policy, text }) => `${policy.id} ${text}`}
      empty={<p className="text-ink-soft">No statement of any policy speaks of {user.name}.</p>}
    />
  );
}

function SilentStatements({ user, silent, silentCount }: ExplanationProps) {
  if (silentCount === 0) return null;
  const noun = silentCount === 1 ? "statement that does" : "statements that do";
  return (
    <Folded summary={`${silentCount} ${noun} not speak of ${user.name}`}>
      <DataTable
        label="Statements about others"
        columns={silentColumns}
        rows={silent}
        rowKey={({ policy, text }) => `${policy.id} ${text}`}
        empty={null}
      />
      {silent.length < silentCount && (
        <p className="mt-2 text-small text-ink-soft">
          {silentCount - silent.length} more are not shown: those that would give something of it
          come first.
        </p>
      )}
    </Folded>
  );
}

type Placed = Pick<StatementVerdict, "policy" | "text">;

const placeColumns: readonly Column<Placed>[] = [
  {
    id: "policy",
    header: "Policy",
    place: "name",
    cell: ({ policy }) => (
      <Link
        href={policyPath(policy.id)}
        className="link inline-flex min-h-6 items-center rounded-mark wrap-anywhere"
      >
        {policy.name}
      </Link>
    ),
  },
  {
    id: "statement",
    header: "Statement",
    cell: ({ text }) => <code className="wrap-anywhere">{text}</code>,
  },
];

const columns: readonly Column<StatementVerdict>[] = [
  ...placeColumns,
  {
    id: "verdict",
    header: "Verdict",
    cell: ({ grants, because }) => (
      <span className="block max-w-[44ch] py-1 wrap-anywhere">
        <Status tone={grants.length > 0 ? "good" : "neutral"}>
          {grants.length > 0 ? "gives" : "gives nothing of it"}
        </Status>
        <span className="block text-ink-soft">{because ?? grants.join(", ")}</span>
      </span>
    ),
  },
];

const silentColumns: readonly Column<Silent>[] = [
  ...placeColumns,
  {
    id: "because",
    header: "Why not",
    cell: ({ because, wouldGrant }) => (
      <span className="block max-w-[44ch] py-1 wrap-anywhere">
        {because}
        {wouldGrant.length > 0 && (
          <span className="block text-ink-soft">It would give {wouldGrant.join(", ")}.</span>
        )}
      </span>
    ),
  },
];

const namesOf = (groups: readonly { name: string }[]) => groups.map(({ name }) => name).join(", ");

function questionWords({ user, operation, targetUser, targetGroup, answer }: ExplanationProps) {
  const verb = answer.isAllowed ? "may" : "may not";
  const target = [
    ...(targetUser === undefined ? [] : [` for ${targetUser}`]),
    ...(targetGroup === undefined ? [] : [` with group ${targetGroup}`]),
  ].join("");
  return `${user.name} ${verb} “${operationWords(operation)}”${target}`;
}

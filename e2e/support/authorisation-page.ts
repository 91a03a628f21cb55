import type { GroupRef } from "@/lib/domain/policies/authority";
import { type OperationName, operationNames, ruleOf } from "@/lib/domain/policies/operations";
import { parseStatement } from "@/lib/domain/policies/parse";
import {
  type Permission,
  permissionsOf,
  resourceTypes,
  verbs,
} from "@/lib/domain/policies/permissions";
import { PolicySet } from "@/lib/domain/policies/policy-set";
import { explainAnswer } from "@/lib/domain/policy";

import { actionAccess } from "./access";
import { type Anybody, type AskingRow, everybody, rolesByPolicy } from "./actors";
import { operationAccess } from "./access-operations";
import { pageAccess } from "./access-pages";
import { roles, statementsFor, verdictsOf, verdictsOfOperation } from "./access-roles";

/** The page docs/authorisation.md, made from the table that decides and from the tables that the tests try. */
export function authorisationPage(): string {
  return `${[
    head,
    table(["Operation", ...columns.map(({ title }) => title)], operationNames.map(roleRow)),
    needsHead,
    table(["Operation", "Permissions", "The least that gives them"], operationNames.map(needRow)),
    entriesHead,
    "### Operations of the Identity API",
    entries(operationAccess, verdictsOfOperation),
    "### Actions of the console",
    entries(actionAccess, inConsole),
    "### Pages and files of the console",
    entries(pageAccess, inConsole),
  ].join("\n\n")}\n`;
}

const head = `# Who may do what

Made by \`npm run authorisation-page\` from the table that decides (\`lib/domain/policies/operations.ts\`) and from the rows that
the tests try against a running server; a test fails when this page is not what they say.

Everybody manages their own credentials; no policy is needed for it, and none can take it away. What somebody may do for
others follows from the policies that name their groups, in force with the next request. Whoever may not see a thing is
answered as if it did not exist. Nobody touches what belongs to a person who may do more than they may: whoever resets a
password could sign in with it. In the same way nobody adds to a group that holds more, and nobody writes a policy that
gives what they do not hold.

## Roles made of policies

What members of a group may do, by the statements that their group is given: **all** whatever the target, **no stronger**
of whoever holds no more than they do, **own** of themselves alone. A new installation also has the policy *Use of
services*: it gives everybody \`use\` of \`object-family\`, \`repos\`, \`email-family\` and \`database-family\`, so that the
credentials that they make open the services that are connected. Delete it, or write one for groups, to decide who may.`;

const needsHead = `## What an operation needs

Every permission is needed. The last column names the weakest verbs that give them; \`all-resources\` gives what every type
gives.`;

const entriesHead = `## Every entry, and who is let in

One row an entry of the build, one column a person who tries it: stranger, former administrator, administrator and roles
by policies as above on somebody else, the others on themselves. A service user has a key and no session. *Late* is a session whose last proof of identity is older than 15 minutes. A path
is where the person is led.`;

interface Column {
  readonly title: string;
  readonly gives: readonly string[];
}

const columns: readonly Column[] = [
  { title: "Anybody", gives: [] },
  ...rolesByPolicy.map((role) => roles[role]),
  { title: "Administrator", gives: ["manage all-resources"] },
].map(({ title, gives }) => ({
  title: [title, gives.map((what) => `\`${what}\``).join(", ")].filter(Boolean).join(": "),
  gives,
}));

const strong: GroupRef = { id: "strong", name: "Administrators" };
const plain: GroupRef = { id: "plain", name: "Plain" };

function roleRow(name: OperationName): string[] {
  return [`\`${name}\``, ...columns.map((column) => reachOf(column, name))];
}

function reachOf({ gives }: Column, name: OperationName): string {
  const own: GroupRef = { id: "own", name: "Role" };
  const texts = [
    ...statementsFor({ group: own.name, gives }),
    ...statementsFor({ group: strong.name, gives: ["manage all-resources"] }),
  ];
  const parsed = texts.map(parseStatement);
  const policies = new PolicySet(parsed.flatMap((each) => (each.ok ? [each.value] : [])));
  const actor = { userId: "self", groups: [own], policies };
  const may = (id: string, groups: readonly GroupRef[], group: GroupRef) =>
    explainAnswer(actor, name, { user: { id, name: id, groups }, group }, []).isAllowed;
  if (may("other", [strong], strong)) return "all";
  if (may("other", [], plain)) return "no stronger";
  return may("self", [own], plain) ? "own" : "–";
}

function needRow(name: OperationName): string[] {
  const { needs, isOwn, touches } = ruleOf(name);
  const notes = [...(isOwn ? ["not for oneself"] : []), ...(touches ? ["no stronger"] : [])];
  return [
    `\`${name}\``,
    needs.length === 0 ? "none: everybody of the tenancy" : needs.join(", "),
    `${leastThatGive(needs)}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`,
  ];
}

/** For each type the strongest of the verbs that its permissions need. */
function leastThatGive(needs: readonly Permission[]): string {
  const found = needs.map(leastFor);
  const types = [...new Set(found.map(({ type }) => type))];
  return types
    .map((type) => {
      const wanted = found.filter((one) => one.type === type).map(({ verb }) => verb);
      const strongest = verbs.findLast((verb) => wanted.includes(verb));
      return `\`${strongest} ${type}\``;
    })
    .join(", ");
}

function leastFor(permission: Permission) {
  for (const verb of verbs)
    for (const type of resourceTypes)
      if (permissionsOf(verb, type).includes(permission)) return { verb, type };
  throw new Error(`Nothing gives ${permission}.`);
}

const actorTitles: Record<Anybody, string> = {
  anonymous: "Nobody",
  stranger: "Stranger",
  former: "Former administrator",
  administrator: "Administrator",
  owner: "Owner",
  blocked: "Blocked",
  suspended: "Suspended",
  mustChange: "Must change password",
  late: "Late",
  ended: "Ended session or key",
  helpDesk: roles.helpDesk.title,
  reader: roles.reader.title,
  groupKeeper: roles.groupKeeper.title,
  policyWriter: roles.policyWriter.title,
  auditor: roles.auditor.title,
  upward: "Help desk on administrator",
  peer: "Administrator on administrator",
  onService: "Administrator on service user",
  service: "Service user",
};

function entries(
  rows: Readonly<Record<string, AskingRow>>,
  verdictsIn: (name: string, row: AskingRow) => Record<Anybody, string>,
): string {
  return table(
    ["Entry", ...everybody.map((actor) => actorTitles[actor])],
    Object.entries(rows).map(([name, row]) => {
      const verdicts = verdictsIn(name, row);
      return [`\`${name}\``, ...everybody.map((actor) => verdictWords(verdicts[actor]))];
    }),
  );
}

const inConsole = (_name: string, row: AskingRow) => verdictsOf(row);

/** The codes of both transports in one language. */
function verdictWords(verdict: string): string {
  if (verdict.startsWith("/")) return `\`${verdict}\``;
  return words[verdict] ?? verdict.replaceAll("_", " ");
}

const words: Readonly<Record<string, string>> = {
  allowed: "**yes**",
  done: "**yes**",
  not_found: "not there",
  NotAuthorizedOrNotFound: "not there",
  unauthenticated: "sign in",
  NotAuthenticated: "not signed",
  step_up_required: "prove first",
  must_change_password: "change first",
};

const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

import { afterAll, beforeAll, expect, test } from "vitest";

import { type ActionRow, actionAccess, type Target } from "../support/access";
import { type Anybody, everybody, rolesByPolicy } from "../support/actors";
import { operationAccess, type OperationRow } from "../support/access-operations";
import { authRedirects, pageAccess, type PageRow } from "../support/access-pages";
import { verdictsOf, verdictsOfOperation } from "../support/access-roles";
import { type Cell, Cells } from "../support/cell";
import {
  actionEntries,
  callAction,
  callOperation,
  openPage,
  operationEntries,
  pageEntries,
} from "../support/entries";
import { report } from "../support/race";
import { type House, startHouse } from "../support/house";

/** G1: every action, page and operation of this very build against every actor. */
let house: House;
let cells: Cells;
const counts = { cells: 0, actions: 0, pages: 0, operations: 0, twins: 0 };
const wrong: string[] = [];

beforeAll(async () => {
  house = await startHouse();
  cells = await Cells.open(house);
});

afterAll(async () => {
  await house.stop();
  report("G1 authorisation", { ...counts, wrong: wrong.length });
});

/** Whose refusals must not tell what there is. */
const isOutsider = (actor: Anybody) => actor === "stranger" || actor === "former";

const rowOf = <Row>(table: Record<string, Row>, name: string): Row | undefined => table[name];

test("every entry of the build has a row, and every row an entry", async () => {
  const operations = await operationEntries(house.server.url);
  const built = [
    ["action", actionEntries().map(({ name }) => name), Object.keys(actionAccess)],
    ["page", pageEntries(), Object.keys(pageAccess)],
    ["operation", operations.map(({ name }) => name), Object.keys(operationAccess)],
  ] as const;
  const problems = built.flatMap(([what, entries, rows]) => [
    ...entries.filter((one) => !rows.includes(one)).map((one) => `no row for ${what} ${one}`),
    ...rows.filter((one) => !entries.includes(one)).map((one) => `no ${what} for row ${one}`),
  ]);
  expect(problems).toEqual([]);
});

test("server actions", async () => {
  for (const { id, name, page } of actionEntries()) {
    const row = rowOf<ActionRow>(actionAccess, name);
    if (!row) continue;
    const verdicts = verdictsOf(row);
    const changes = (actor: Anybody) => isEffective(verdicts[actor]);
    await inTurn(`action ${name}`, { row, changes }, async (actor, cell) => {
      counts.actions += 1;
      const input = (target: Target) =>
        row.form ? { form: row.form(target) } : { argument: row.argument?.(target) };
      const at = (target: Target) => ({ id, path: fill(page, target), cookie: cell.cookie });
      if (row.isCounted) await cells.forgetSources();
      const answer = await callAction(house.server.url, at(cell.target), input(cell.target));
      judge(`action ${name}`, actor, answer, verdicts[actor]);
      if (!isOutsider(actor) || row.hasTarget === false) return;
      const missing = cells.missing(cell.target);
      const twin = await callAction(house.server.url, at(missing), input(missing));
      compare(`action ${name}`, answer.bytes, twin.bytes);
    });
  }
  expect(wrong).toEqual([]);
});

/** A refused sign-in, a sign-out without a session, a visit that leads to sign-in: nothing is to change. */
function isEffective(verdict: string): boolean {
  return (
    verdict === "allowed" ||
    verdict === "done" ||
    (verdict.startsWith("/") && verdict !== "/sign-in")
  );
}

test("pages and route handlers, as documents and as the router's data", async () => {
  for (const name of pageEntries()) {
    const row = rowOf<PageRow>(pageAccess, name);
    if (!row) continue;
    const verdicts = verdictsOf(row);
    await allAtOnce(`page ${name}`, async (actor, cell) => {
      for (const [index, path] of row.paths(cell.target).entries()) {
        await tryPage(actor, cell, { row, path, verdict: verdicts[actor] });
        if (!isOutsider(actor) || !row.hasTarget) continue;
        const missing = cells.missing(cell.target);
        const twin = row.paths(missing)[index] ?? "";
        const [theirs, nobodys] = [
          await openPage(house.server.url, path, cell),
          await openPage(house.server.url, twin, cell),
        ];
        compare(`page ${name}`, plain(theirs.bytes, cell.target), plain(nobodys.bytes, missing));
      }
    });
  }
  expect(wrong).toEqual([]);
});

async function tryPage(
  actor: Anybody,
  cell: Cell,
  { row, path, verdict }: { row: PageRow; path: string; verdict: string },
): Promise<void> {
  const what = `page ${path}`;
  const expected = verdict.replace(":id", cell.target.id);
  const document = await openPage(house.server.url, path, cell);
  counts.pages += 1;
  judge(what, actor, document, expected);
  const title = /<title>([^<]*)<\/title>/.exec(document.text)?.[1];
  const isCalledMissing = title === "Not found · Latchkey";
  const wantsTitle = ["allowed", "not_found"].includes(document.verdict) && title !== undefined;
  if (wantsTitle && isCalledMissing !== (document.verdict === "not_found"))
    note(what, actor, `${document.verdict} with the title ${title}`);
  const dataPath = `${path}${path.includes("?") ? "&" : "?"}_rsc`;
  const data = await openPage(house.server.url, dataPath, { ...cell, headers: { rsc: "1" } });
  counts.pages += 1;
  judge(`${what} (data)`, actor, data, expected);
  const { self, name } = cell.target;
  const shown = expected === "allowed" ? row.shows : undefined;
  for (const { text } of [document, data]) {
    const mayShow = shown === "target" || name === self.name;
    if (!mayShow && text.includes(name) && !path.includes(name)) note(what, actor, `shows ${name}`);
    if (shown === "self" && !text.includes(self.name)) note(what, actor, "does not show oneself");
    if (shown === "target" && !text.includes(name)) note(what, actor, "does not show the target");
    if (shown === undefined && text.includes(`${name}@people.test`))
      note(what, actor, "shows an address");
  }
}

test("operations of the Identity API", async () => {
  for (const { name, method, path } of await operationEntries(house.server.url)) {
    const row = rowOf<OperationRow>(operationAccess, name);
    if (!row) continue;
    const verdicts = verdictsOfOperation(name, row);
    const changes = (actor: Anybody) => verdicts[actor] === "allowed" && method !== "GET";
    await inTurn(`operation ${name}`, { row, changes }, async (actor, cell) => {
      counts.operations += 1;
      const ask = (target: Target) =>
        callOperation(
          house.server.url,
          { method, path: addressOf(path, row, target) },
          { signer: cell.signer, body: row.body?.(target) },
        );
      const answer = await ask(cell.target);
      judge(`operation ${name}`, actor, answer, verdicts[actor]);
      if (!isOutsider(actor) || row.hasTarget === false) return;
      compare(`operation ${name}`, answer.bytes, (await ask(cells.missing(cell.target))).bytes);
    });
  }
  expect(wrong).toEqual([]);
});

test("next-auth's pages lead to ours, and its session names whoever may sign in", async () => {
  for (const name of authRedirects) {
    const { verdict } = await openPage(house.server.url, `/api/auth/${name}`, {
      cookie: undefined,
    });
    counts.cells += 1;
    expect(verdict, name).toBe("/sign-in");
  }
  const withSession = new Set<Anybody>([
    "stranger",
    "former",
    "owner",
    "administrator",
    "mustChange",
    "late",
    ...rolesByPolicy,
    "upward",
    "peer",
    "onService",
  ]);
  await allAtOnce("session", async (actor, cell) => {
    const { text } = await openPage(house.server.url, "/api/auth/session", cell);
    const { user } = Object(JSON.parse(text));
    counts.cells += 1;
    expect(user, actor).toEqual(
      withSession.has(actor) ? { name: cell.target.self.name } : undefined,
    );
  });
});

type Attempt = (actor: Anybody, cell: Cell) => Promise<void>;

interface Trial {
  readonly row: { readonly alone?: true };
  /** Whether it is to change something when this one asks. */
  readonly changes: (actor: Anybody) => boolean;
}

/** What may change something: everybody for whom it must not comes first, then one at a time those for whom it must. */
function inTurn(what: string, { row, changes }: Trial, attempt: Attempt): Promise<void> {
  return withCells(async (made) => {
    if (row.alone) for (const [, cell] of made) await cell.isolate();
    const untouched = await cells.state();
    for (const [actor, cell] of made)
      if (!changes(actor)) await tried(what, actor, () => attempt(actor, cell));
    await compareStates(what, "somebody who may not", untouched, false);
    for (const [actor, cell] of made) {
      if (!changes(actor)) continue;
      const before = await cells.state();
      await tried(what, actor, () => attempt(actor, cell));
      await compareStates(what, actor, before, true);
    }
  });
}

/** What changes nothing, whoever asks. */
function allAtOnce(what: string, attempt: Attempt): Promise<void> {
  return withCells(async (made) => {
    const before = await cells.state();
    await Promise.all(made.map(([actor, cell]) => tried(what, actor, () => attempt(actor, cell))));
    await compareStates(what, "somebody", before, false);
  });
}

async function withCells(
  work: (made: readonly (readonly [Anybody, Cell])[]) => Promise<void>,
): Promise<void> {
  const made = await Promise.all(
    everybody.map(async (actor) => [actor, await cells.make(actor)] as const),
  );
  await work(made);
  await Promise.all(made.map(([, cell]) => cell.clear()));
}

async function tried(what: string, actor: Anybody, attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    note(what, actor, String(error));
  }
}

function judge(
  what: string,
  actor: Anybody,
  answer: { readonly verdict: string },
  expected: string,
): void {
  counts.cells += 1;
  if (answer.verdict !== expected) note(what, actor, `${answer.verdict} instead of ${expected}`);
}

async function compareStates(
  what: string,
  who: string,
  before: string,
  changes: boolean,
): Promise<void> {
  const isChanged = (await cells.state()) !== before;
  if (isChanged !== changes) note(what, who, isChanged ? "changed something" : "changed nothing");
}

/** What may not be had looks to the byte like what is not there. */
function compare(what: string, theirs: string, nobodys: string): void {
  counts.twins += 1;
  counts.cells += 1;
  if (theirs !== nobodys)
    note(what, "stranger", `differs from a missing one: ${difference(theirs, nobodys)}`);
}

function difference(left: string, right: string): string {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return `${left.slice(Math.max(0, at - 60), at + 60)} / ${right.slice(Math.max(0, at - 60), at + 60)}`;
}

/**
 * Without what differs from one request to the next: the nonce, the address that was asked for, and the order in which
 * the rows of the page's data were done, which gives them their numbers.
 */
function plain(text: string, { id, groupId, policyId, clientId }: Target): string {
  const bare = text.replaceAll(
    /nonce="[^"]*"|"nonce":"[^"]*"|nonce-[A-Za-z0-9+/=]+|nonce\\?":\\?"[^"\\]*/g,
    "",
  );
  return [id, groupId, policyId, clientId]
    .reduce((rest, one) => rest.replaceAll(one, ":id"), bare)
    .replaceAll(/"\]\)<\/script><script[^>]*>self\.__next_f\.push\(\[1,"/g, "")
    .replaceAll(/\$L?[0-9a-f]+\b/g, "$")
    .split(/\\n|\n/)
    .map((row) => row.replace(/^[0-9a-f]+:/, ""))
    .toSorted()
    .join("\n");
}

function note(what: string, actor: string, problem: string): void {
  wrong.push(`${what} as ${actor}: ${problem}`);
}

function fill(page: string, { id }: Target): string {
  return page.replace("[userId]", id).replace("[section]", "auth-tokens");
}

function addressOf(path: string, row: OperationRow, target: Target): string {
  const parameters = row.parameters?.(target) ?? {};
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(parameters[name] ?? ""),
  );
  const query = new URLSearchParams(row.query?.(target)).toString();
  return query === "" ? filled : `${filled}?${query}`;
}

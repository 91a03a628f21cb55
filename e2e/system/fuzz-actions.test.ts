import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { canary, hostileJson, hostileText, mangled, runsOf } from "@/lib/testing/hostile";

import { actionAccess, type ActionRow, type Target } from "../support/access";
import { Cells } from "../support/cell";
import { type ActionEntry, actionEntries } from "../support/entries";
import { type House, startHouse } from "../support/house";
import { report, tally } from "../support/race";

/** G9: whatever an administrator's browser posts to an action, an answer comes soon, is no failure and holds no secret. */
let house: House;
let cells: Cells;
const statuses: number[] = [];
beforeAll(async () => {
  house = await startHouse();
  cells = await Cells.open(house);
});
afterAll(async () => {
  report("G9 action bodies", { sent: statuses.length, statuses: JSON.stringify(tally(statuses)) });
  await house.stop();
});

interface Draft {
  readonly type?: string;
  readonly body: string | FormData;
}
/** Made from what would have been right for the target. */
type Drafter = (target: Target) => Draft;

const rows: Record<string, ActionRow> = actionAccess;

/** The right argument with some of its members replaced, at any depth, or with members more. */
const edits = fc.array(fc.tuple(fc.nat(), fc.oneof(hostileJson, fc.constant(undefined))), {
  minLength: 1,
  maxLength: 3,
});

function spoiled(right: unknown, changes: readonly (readonly [number, unknown])[]): unknown {
  const value: unknown = structuredClone(right);
  const holders = holdersIn(value);
  for (const [at, put] of changes) {
    const holder = holders[at % holders.length];
    if (!holder) return put;
    const names = [...Object.keys(holder), "more"];
    holder[names[at % names.length] ?? ""] = put;
  }
  return value;
}

function holdersIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>; // An object or an array: both have members by name.
  return [holder, ...Object.values(holder).flatMap(holdersIn)];
}

/** References of React's own encoding (`$1`, `$F`, `$K`, …), to what is not there, to themselves, to prototypes. */
const references =
  "$1 $0 $@0 $@1 $F1 $F0 $h1 $K1 $K $Q1 $W1 $i1 $B1 $D2026 $Dx $n9 $nx $u $I $-I $N $$ $S $T $R1 $r1 " +
  "$1:__proto__ $1:constructor:constructor $1:then $undefined $Z $E{} $o1";
const reference = fc.constantFrom(...references.split(" "));
const part = fc.oneof(
  reference.map((text) => JSON.stringify([text])),
  reference.map((text) => `{"then":"${text}","id":"${text}","bound":"${text}"}`),
  hostileJson.map((value) => JSON.stringify(value)),
  hostileText,
);
const parts = fc
  .array(fc.tuple(fc.constantFrom("0", "1", "2", "1_a", "_1_userName", "$ACTION_ID_x"), part), {
    maxLength: 5,
  })
  .map((entries): Drafter => () => ({ body: formOf(entries) }));

function formOf(entries: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

function drafts({ argument, form }: ActionRow): fc.Arbitrary<Drafter> {
  const right = (target: Target) => argument?.(target) ?? [{}, form?.(target)];
  const text = edits.map(
    (changes) => (target: Target) => JSON.stringify([spoiled(right(target), changes)]),
  );
  const withForm = fc
    .dictionary(fc.constantFrom("userName", "password", "text", "callbackUrl"), hostileText)
    .map((fields): Drafter => (target) => ({
      body: formOf([
        ...Object.entries({ ...form?.(target), ...fields }).map(
          ([name, value]) => [`_1_${name}`, value] as const,
        ),
        ["0", '[{},"$K1"]'],
      ]),
    }));
  return fc.oneof(
    {
      weight: 5,
      arbitrary: text.map((make): Drafter => (target) => ({ body: make(target) })),
    },
    mangled(hostileJson.map((value) => JSON.stringify([value]))).map((body): Drafter => () => ({
      body,
    })),
    fc.array(hostileJson, { maxLength: 4 }).map((all): Drafter => () => ({
      body: JSON.stringify(all),
    })),
    hostileText.map((body): Drafter => () => ({ body })),
    fc
      .constantFrom(
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "x",
      )
      .map((type): Drafter => (target) => ({ type, body: JSON.stringify([right(target)]) })),
    { weight: 2, arbitrary: parts },
    ...(form ? [{ weight: 4, arbitrary: withForm }] : []),
  );
}

async function send(entry: ActionEntry, cookie: string, { type, body }: Draft) {
  const response = await fetch(house.server.url + pathOf(entry), {
    method: "POST",
    redirect: "manual",
    headers: {
      cookie,
      origin: house.server.url,
      accept: "text/x-component",
      ...(typeof body === "string" ? { "content-type": type ?? "text/plain;charset=UTF-8" } : {}),
      "next-action": entry.id,
    },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, text: await response.text() };
}

const pathOf = ({ page }: ActionEntry) =>
  page.replace("[userId]", "none").replace("[section]", "auth-tokens");

/** What was typed into these is shown again to whoever typed it. */
const repeats = new Set(["signInAction", "requestTemporaryPasswordAction"]);

describe("an action's body", () => {
  const numRuns = runsOf(60, 5_000);

  test.each(actionEntries().map((entry) => [entry.name, entry] as const))(
    "%s",
    async (name, entry) => {
      const row = rows[name];
      if (!row) throw new Error(`The access matrix has no action ${name}.`);
      let cell = await cells.make("administrator");
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(drafts(row), async (draft) => {
          // Some of these bodies are good: whoever signed out or proved themselves needs a new seat.
          if (runs++ % 10 === 9) {
            await cell.clear();
            cell = await cells.make("administrator");
          }
          const { status, text } = await send(entry, cell.cookie ?? "", draft(cell.target));
          statuses.push(status);
          expect(status).toBeLessThan(500);
          expect(text).not.toContain('"code":"internal"');
          expect(text).not.toContain(cell.target.password);
          if (!repeats.has(name)) expect(text).not.toContain(canary);
        }),
        { seed: 20_160_918, numRuns },
      );
      await cell.clear();
    },
  );
});

test("the server still serves, and logged no failure", async () => {
  const { status } = await fetch(`${house.server.url}/readyz`);
  expect(status).toBe(200);
  expect(house.server.output()).not.toContain("an action failed");
  expect(house.server.output()).not.toContain(canary);
});

import fc from "fast-check";
import { expect, it } from "vitest";

import { statementParts, written } from "./policies/arbitrary.fixture";
import type { GroupRef } from "./policies/authority";
import { operationNames } from "./policies/operations";
import { operationGroups, operationWords } from "./policies/operation-words";
import { parseStatement } from "./policies/parse";
import { PolicySet } from "./policies/policy-set";
import { explainAnswer } from "./policy";

const groups: readonly GroupRef[] = [
  { id: "ocid1.group.local..a", name: "A" },
  { id: "ocid1.group.local..b", name: "B" },
];

it("an explained answer hangs on nothing but what it names", () => {
  const statements = fc.array(
    fc.oneof(
      statementParts.map(written),
      fc.constantFrom(
        "Allow group A to manage users in tenancy",
        "Allow group A to use groups in tenancy",
        "Allow group B to inspect policies in tenancy",
        "Allow any-user to read users in tenancy where target.user.name = 'bob'",
      ),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(
      statements,
      fc.constantFrom(...operationNames),
      fc.subarray([...groups]),
      fc.subarray([...groups]),
      fc.constantFrom("self", "bob"),
      (texts, name, mine, theirs, id) => {
        const parsed = texts.map(parseStatement).flatMap((each) => (each.ok ? [each.value] : []));
        const placed = parsed.map((statement) => ({ policy: { id: "p", name: "p" }, statement }));
        const actor = { userId: "self", groups: mine, policies: new PolicySet(parsed) };
        const [group = { id: "g", name: "G" }] = theirs;
        const target = { user: { id, name: id, groups: id === "self" ? mine : theirs }, group };
        const { isAllowed, isOwn, needs, lacks } = explainAnswer(actor, name, target, placed);
        const isGiven = needs.every(({ isGranted }) => isGranted);
        expect(isAllowed).toBe(isOwn || (isGiven && lacks.length === 0));
      },
    ),
    { numRuns: 1_000 },
  );
});

it("every operation has words of its own", () => {
  const listed = operationGroups.flatMap(({ names }) => names);
  expect(new Set(listed)).toEqual(new Set(operationNames));
  expect(new Set(listed.map(operationWords)).size).toBe(operationNames.length);
  expect(operationWords("UploadApiKey")).toBe("Upload API key");
  expect(operationWords("CreateOAuthClientCredential")).toBe("Create OAuth client credential");
  expect(operationWords("GetUserUIPasswordInformation")).toBe(
    "Get user console password information",
  );
});

import { describe, expect, it } from "vitest";

import type { ActivityView } from "./activity";
import { eventDetails, eventFacts } from "./facts";

const event = (changes: Partial<ActivityView> = {}): ActivityView => ({
  id: 7,
  at: "2026-11-22T00:00:00.000Z",
  action: "issueCredential",
  outcome: "done",
  reason: null,
  actor: { id: "ocid1.user..bob", name: "bob" },
  via: "session",
  owner: { id: "ocid1.user..ann", name: "ann" },
  subject: { type: "credential", id: "ocid1.credential..x", name: "laptop" },
  details: { kind: "api_key", publicId: "09:57:aa" },
  address: "192.0.2.7",
  client: "curl/8.5.0",
  requestId: "req-1",
  ...changes,
});
const pairs = (facts: ReturnType<typeof eventFacts>) =>
  Object.fromEntries(facts.map(({ label, value }) => [label, value]));

describe("the facts of an event", () => {
  it("are who, whose, about what, from where and under which request", () => {
    expect(pairs(eventFacts(event()))).toEqual({
      Outcome: "Done",
      Action: "issueCredential",
      "Done by": "bob",
      "OCID of who did it": "ocid1.user..bob",
      "By way of": "The console, in a session",
      Whose: "ann",
      "OCID of whose it is": "ocid1.user..ann",
      About: "API key",
      Name: "laptop",
      "ID of the credential": "ocid1.credential..x",
      Fingerprint: "09:57:aa",
      Address: "192.0.2.7",
      Client: "curl/8.5.0",
      "Request ID": "req-1",
      Event: "7",
    });
  });

  it.each([
    ["customer_secret_key", "Access key"],
    ["smtp_credential", "User name"],
  ])("call the public part of %s by its name", (kind, label) => {
    const facts = pairs(eventFacts(event({ details: { kind, publicId: "abc" } })));
    expect(facts[label]).toBe("abc");
  });

  it("do not say an OCID twice, and leave out what is not known", () => {
    const subject = { type: "credential", id: "ocid1.credential..x", name: "" };
    const details = { kind: "auth_token", publicId: subject.id };
    const facts = eventFacts(
      event({ subject, details, actor: null, owner: null, requestId: "", via: "carrier_pigeon" }),
    );
    expect(facts.filter(({ value }) => value === subject.id)).toHaveLength(1);
    expect(facts.every(({ value }) => value !== "")).toBe(true);
    expect(pairs(facts)["By way of"]).toBe("Carrier pigeon");
  });

  it("say what was refused and why, of subjects that are no credentials too", () => {
    const subject = { type: "oauth-resource", id: "ocid1.oauthresource..r", name: "sales" };
    const refused = event({ outcome: "refused", reason: "not_permitted", subject, details: {} });
    expect(pairs(eventFacts(refused))).toMatchObject({
      Outcome: "Refused",
      Cause: "not_permitted",
      About: "OAuth resource",
      "ID of the OAuth resource": subject.id,
    });
  });
});

it("details are told member by member, whatever is in them", () => {
  const details = {
    because: "asked for",
    changed: ["name"],
    before: { name: "old", limits: { least: 1 } },
    until: null,
    on: false,
    nothing: {},
    gone: undefined,
  };
  expect(pairs(eventDetails(event({ details })))).toEqual({
    because: "asked for",
    changed: '["name"]',
    "before.name": "old",
    "before.limits.least": "1",
    until: "null",
    on: "false",
    nothing: "{}",
  });
});

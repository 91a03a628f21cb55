import { kindById } from "../credentials/registry";
import type { ActivityView } from "./activity";
import { spelledOut } from "./spelled-out";

/** One fact of an event, as text that can be copied. */
export interface EventFact {
  readonly label: string;
  readonly value: string;
  /** What machines made: an OCID, a name of ours. Shown in mono. */
  readonly isCode?: true;
}

/** All that the trail has of an event beyond its time; nothing of it is secret, because nothing in the trail is. */
export function eventFacts(event: ActivityView): readonly EventFact[] {
  return [
    text("Outcome", event.outcome === "done" ? "Done" : "Refused"),
    code("Cause", event.reason),
    code("Action", event.action),
    text("Done by", event.actor?.name),
    code("OCID of who did it", event.actor?.id),
    text("By way of", ways[event.via] ?? spelledOut(event.via)),
    text("Whose", event.owner?.name),
    code("OCID of whose it is", event.owner?.id),
    ...subjectFacts(event),
    code("Address", event.address),
    text("Client", event.client),
    code("Request ID", event.requestId),
    code("Event", String(event.id)),
  ].filter(isSaid);
}

/** What else was written about it, members of members with their path. */
export function eventDetails({ details }: ActivityView): readonly EventFact[] {
  return Object.entries(details)
    .flatMap(([name, value]) => flat(name, value))
    .filter(isSaid);
}

function subjectFacts({ subject, details }: ActivityView): (EventFact | undefined)[] {
  if (subject === null) return [];
  const kind = kindById(String(details["kind"]))?.description;
  const what = types[subject.type] ?? spelledOut(subject.type);
  const isCredential = subject.type === "credential" && kind !== undefined;
  const publicPart = details["publicId"];
  return [
    text("About", isCredential ? capital(kind.noun.one) : what),
    text("Name", subject.name),
    code(`ID of the ${small(what)}`, subject.id),
    isCredential && typeof publicPart === "string" && publicPart !== subject.id
      ? code(
          kind.columns.find(({ source }) => source === "publicId")?.header ?? "Public part",
          publicPart,
        )
      : undefined,
  ];
}

/** Where spelling out would not do. */
const types: Readonly<Record<string, string>> = {
  "oauth-resource": "OAuth resource",
  totp_device: "Second-factor device",
};

const ways: Readonly<Record<string, string>> = {
  session: "The console, in a session",
  signature: "The Identity API, by a signed request",
  password: "A password",
  code: "A code of a second factor",
  mail: "A link or password that came by mail",
  oauth: "The OAuth token endpoint",
  report: "A report of a leaked secret",
  clock: "Latchkey itself, because its time had come",
  host: "A command on the server’s host",
};

function flat(path: string, value: unknown): (EventFact | undefined)[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [code(path, typeof value === "string" ? value : JSON.stringify(value))];
  const members = Object.entries(value);
  if (members.length === 0) return [code(path, "{}")];
  return members.flatMap(([name, member]) => flat(`${path}.${name}`, member));
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
const small = (words: string) =>
  /^.[A-Z]/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);

const text = (label: string, value: string | undefined): EventFact | undefined =>
  value ? { label, value } : undefined;

const code = (label: string, value: string | null | undefined): EventFact | undefined =>
  value ? { label, value, isCode: true } : undefined;

const isSaid = (fact: EventFact | undefined): fact is EventFact => fact !== undefined;

import { z } from "zod";

import { AppError, type FieldProblems } from "../errors";
import { parsedOnce, readOnce } from "../parsed-once";
import type { PasswordPolicy } from "../password/criteria";
import type { Capability } from "../users/capabilities";
import type { RandomSource } from "../random";
import { unreadableName } from "./present";
import type { CredentialWire, TypedWire } from "./wire";

/** How a kind's secret is kept: as a keyed hash, encrypted, as an argon2id hash of what the owner typed, or not at all. */
export type SecretStorage = "hashed" | "sealed" | "chosen" | "none";

/** A public key that was read and found good, in the one form that is stored. */
export interface ParsedPublicKey {
  readonly pem: string;
  readonly fingerprint: string;
  readonly sha256: string;
  readonly bits: number;
}

/** Abilities handed to `mint`, so that a kind stays free of I/O and node built-ins. */
export interface MintTools {
  readonly random: RandomSource;
  readonly parsePublicKey: (text: string) => ParsedPublicKey;
}

/** What a rule may need to know of the person a credential is for. */
export interface OwnerNames {
  readonly name: string;
  readonly dbUserName: string | null;
}

/** What a rule may need to know of the tenancy, and what it may ask. */
export interface FitTools {
  readonly passwordPolicy: PasswordPolicy;
  readonly isEasyToGuess: (password: string, words: readonly string[]) => boolean;
}

export interface Minted<Details> {
  /** What names it in public: a fingerprint, an access key, a user name. Its OCID where it has nothing else. */
  readonly publicId?: string;
  readonly details: Details;
  readonly secret?: string;
}

interface Rotation<Details> {
  /**
   * What a rotation makes: another credential beside the old one, or a new secret of the same (then kept as a hash, and
   * the old secret gets a row of its own for as long as it lives on).
   */
  readonly successor: "new-id" | "same-id";
  /** What of the old one goes into the input of the new one; the rest has to be given. */
  readonly inherit: (details: Details) => Record<string, unknown>;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly maxLength: number;
  readonly required: boolean;
}

export interface Column {
  /** A member of the view's details, or one of the view's own members. */
  readonly source: string;
  readonly header: string;
  readonly format: "text" | "public-part" | "time" | "last-used" | "expiry" | "end";
  /** A public part that is asked for so often that a button shows it whole. */
  readonly canShow?: true;
}

/** Words and shapes of a kind that a page needs; JSON-safe, so a server component can hand it to the browser. */
export interface KindDescription {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly noun: { readonly one: string; readonly many: string };
  readonly purpose: string;
  readonly maxPerUser: number;
  /** Whether it can be rotated, and then whether the new one has an OCID of its own. */
  readonly successor: "new-id" | "same-id" | undefined;
  /** Each has a page of its own, to which its name in the list leads. */
  readonly hasPage?: true;
  /** Where rotating has a name of its own and a warning to acknowledge; the old secret then goes at once by default. */
  readonly renewal?: {
    readonly label: string;
    readonly warning: string;
    readonly acknowledgement: string;
  };
  readonly issueLabel: string;
  readonly issueTitle: string;
  readonly confirmLabel: string;
  /** What the reveal dialog calls the value, or undefined where nothing is shown once. */
  readonly secretNoun?: string;
  /** What is shown beside the secret because it is of no use without: an access key, a user name. */
  readonly revealedWith?: readonly { readonly source: string; readonly label: string }[];
  /** Said at the limit, beyond how to get a place. */
  readonly limitAdvice?: string;
  readonly fields: readonly FormField[];
  readonly editable: readonly string[];
  readonly columns: readonly Column[];
  /** Said before the click that deletes. */
  readonly deleteConsequence: string;
}

interface KindDefinition<Input, Details, Patch> {
  readonly id: string;
  readonly description: Omit<KindDescription, "id" | "maxPerUser" | "successor">;
  readonly capability: Capability;
  readonly maxPerUser: number;
  /** Realms in which nobody may issue one (product.md 5.5). */
  readonly notOfferedIn?: readonly string[];
  /** The settings may keep it for owners who have a second factor (product.md 3.6). */
  readonly keptBehindSecondFactor?: true;
  readonly secret: SecretStorage;
  readonly publicIdScope: "owner" | "global";
  /** What a person or a client sends to issue one. */
  readonly input: z.ZodType<Input>;
  /** The public part that is kept. */
  readonly details: z.ZodType<Details>;
  /** What may change after issue. */
  readonly patch: z.ZodType<Patch>;
  readonly edit: (details: Details, patch: Patch) => Details;
  /** Absent where changing is deleting and making another. */
  readonly rotation?: Rotation<Details>;
  /** What the row is called in sentences. */
  readonly label: (details: Details) => string;
  readonly mint: (input: Input, tools: MintTools) => Minted<Details>;
  /** What the trail says of a change beyond its name, from the members that changed as they were and as they are. */
  readonly changeWords?: (before: Stored, after: Stored) => string;
  /** What of the input does not go with this owner, by field; asked only of those who may act on the owner. */
  readonly problemsWith?: (input: Input, owner: OwnerNames, tools: FitTools) => FieldProblems;
  readonly wires: readonly TypedWire<Details>[];
}

/** A credential kind, closed over its types: what the whole stack is generic over (architecture.md 5). */
export interface CredentialKind {
  readonly id: string;
  readonly description: KindDescription;
  readonly capability: Capability;
  readonly maxPerUser: number;
  readonly secret: SecretStorage;
  readonly publicIdScope: "owner" | "global";
  isOfferedIn(realm: string): boolean;
  /** Whether the settings may keep it for owners who have a second factor. */
  readonly isKeptBehindSecondFactor: boolean;
  readonly wires: readonly CredentialWire[];
  mint(raw: unknown, tools: MintTools): Minted<unknown>;
  /** Throws `invalid_input` for what `mint` let through and this owner may not have. */
  requireFit(raw: unknown, owner: OwnerNames, tools: FitTools): void;
  parseDetails(raw: unknown): Record<string, unknown>;
  /** The same of what is stored; undefined where another release or another hand left what the kind does not know. */
  readDetails(stored: unknown): Record<string, unknown> | undefined;
  /** The same again, for what cannot go on without; throws `conflict`. */
  requireDetails(stored: unknown): Record<string, unknown>;
  edit(details: unknown, rawPatch: unknown): Record<string, unknown>;
  /** The values to mint the successor of one with these details from. */
  successorValues(details: unknown, given: Record<string, unknown>): Record<string, unknown>;
  /** Never throws: the trail, the mails and the report have to call it something. */
  label(details: unknown): string;
  /** Nothing where the change has no words of its own; never throws either. */
  changeWords(before: unknown, after: unknown): string;
}

/** Members of details as they were written into the trail, by whatever release. */
const storedSchema = z.record(z.string(), z.unknown()).catch({});
type Stored = Readonly<z.infer<typeof storedSchema>>;

export function defineCredentialKind<Input, Details extends Record<string, unknown>, Patch>(
  definition: KindDefinition<Input, Details, Patch>,
): CredentialKind {
  // What the schema once let through and nobody can have changed since is not parsed again.
  const parseDetails = parsedOnce(definition.details);
  const readDetails = readOnce(definition.details);
  const requireDetails = (stored: unknown) => {
    const details = readDetails(stored);
    if (details) return details;
    throw new AppError(
      "conflict",
      `What is stored of this ${definition.description.noun.one} cannot be read. Delete it and make another.`,
    );
  };
  return {
    id: definition.id,
    description: {
      ...definition.description,
      id: definition.id,
      maxPerUser: definition.maxPerUser,
      successor: definition.rotation?.successor,
    },
    capability: definition.capability,
    maxPerUser: definition.maxPerUser,
    secret: definition.secret,
    publicIdScope: definition.publicIdScope,
    isKeptBehindSecondFactor: definition.keptBehindSecondFactor === true,
    isOfferedIn: (realm) => !definition.notOfferedIn?.includes(realm),
    wires: definition.wires.map((wire) => ({
      ...wire,
      present: (view, context) =>
        wire.present({ ...view, details: parseDetails(view.details) }, context),
      summarise: (view, context) => {
        const typed = { ...view, details: parseDetails(view.details) };
        return wire.summarise?.(typed) ?? wire.present(typed, context);
      },
    })),
    mint: (raw, tools) => definition.mint(parseInput(definition.input, raw), tools),
    requireFit: (raw, owner, tools) =>
      refuseProblems(
        definition.problemsWith?.(parseInput(definition.input, raw), owner, tools) ?? {},
      ),
    parseDetails,
    readDetails,
    requireDetails,
    edit: (details, rawPatch) =>
      definition.edit(requireDetails(details), parseInput(definition.patch, rawPatch)),
    successorValues: (details, given) => ({
      ...definition.rotation?.inherit(requireDetails(details)),
      ...given,
    }),
    label: (stored) => {
      const details = readDetails(stored);
      return details === undefined ? unreadableName : definition.label(details);
    },
    changeWords: (before, after) =>
      definition.changeWords?.(storedSchema.parse(before), storedSchema.parse(after)) ?? "",
  };
}

/** Why there is none of a kind in this realm. */
export function notOfferedSentence({ noun }: Pick<KindDescription, "noun">, realm: string): string {
  return `${noun.many} are not offered in the realm ${realm}.`;
}

function refuseProblems(fields: FieldProblems): void {
  const sentences = Object.values(fields);
  if (sentences.length > 0) throw new AppError("invalid_input", sentences.join(" "), { fields });
}

/**
 * Parses what came from outside. A problem becomes `invalid_input`, or `missing_input` when all that is wrong is a
 * required member that is not there, with a sentence per field.
 */
export function parseInput<T>(schema: z.ZodType<T>, raw: unknown): T {
  const parsed = schema.safeParse(raw, { reportInput: true });
  if (parsed.success) return parsed.data;
  const fields: FieldProblems = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".")] ??= issue.message;
  const isMissing = parsed.error.issues.every(
    (issue) => issue.code === "invalid_type" && issue.input === undefined,
  );
  const summary = Object.entries(fields).map(([path, message]) =>
    path ? `${path}: ${message}` : message,
  );
  throw new AppError(isMissing ? "missing_input" : "invalid_input", summary.join(" "), { fields });
}

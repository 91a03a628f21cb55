/** A tag as a line of a form or a list. Without a namespace it is a freeform one. */
export interface TagLine {
  readonly namespace: string;
  readonly key: string;
  /** Freeform ones are texts; defined ones may be numbers and switches, by the API. */
  readonly value: string | number | boolean;
}

type Tags = Readonly<Record<string, unknown>>;

/** The tags line by line, freeform ones first. */
export function tagLines(freeform: Tags, defined: Tags): TagLine[] {
  const lines = (namespace: string, tags: unknown): TagLine[] =>
    Object.entries(Object(tags)).map(([key, value]) => ({ namespace, key, value: scalar(value) }));
  return [
    ...lines("", freeform),
    ...Object.entries(defined).flatMap(([namespace, tags]) => lines(namespace, tags)),
  ];
}

interface TagProblem {
  readonly line: number;
  readonly field: "namespace" | "key";
  readonly sentence: string;
}

/** What the lines alone tell: a key that is missing or stands there twice. The rest is the server's to say. */
export function tagProblems(lines: readonly TagLine[]): TagProblem[] {
  const seen = new Set<string>();
  return lines.flatMap(({ namespace, key }, line): TagProblem[] => {
    if (key === "") return [{ line, field: "key", sentence: "Key is missing." }];
    if (!tagKeyPattern.test(key)) return [{ line, field: "key", sentence: tagKeyRule }];
    if (namespace !== "" && !tagKeyPattern.test(namespace))
      return [{ line, field: "namespace", sentence: tagKeyRule }];
    const name = JSON.stringify([namespace, key]);
    if (seen.has(name)) return [{ line, field: "key", sentence: "This tag is there twice." }];
    seen.add(name);
    return [];
  });
}

/** The lines as they are stored. A number or a switch that nobody changed stays one. */
export function tagsOf(lines: readonly TagLine[], before: readonly TagLine[]) {
  const freeformTags: Record<string, string> = {};
  const definedTags: Record<string, Record<string, TagLine["value"]>> = {};
  for (const { namespace, key, value } of lines) {
    if (namespace === "") freeformTags[key] = String(value);
    else (definedTags[namespace] ??= {})[key] = asBefore({ namespace, key, value }, before);
  }
  return { freeformTags, definedTags };
}

function asBefore({ namespace, key, value }: TagLine, before: readonly TagLine[]) {
  const former = before.find((each) => each.namespace === namespace && each.key === key);
  return former !== undefined && String(former.value) === String(value) ? former.value : value;
}

const scalar = (value: unknown) =>
  typeof value === "number" || typeof value === "boolean" ? value : String(value);

export const tagKeyPattern = /^[\x21-\x7e]{1,100}$/;
export const tagKeyRule = "A tag's key has 1 to 100 printable ASCII characters and no space.";

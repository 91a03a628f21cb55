import type { Bounds } from "./bounds";

/** A setting as a form asks for it and as a sentence names it. */
export type SettingField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
} & (
  | { readonly type: "switch" }
  | { readonly type: "number"; readonly bounds: Bounds; readonly unit: Unit }
);

interface Unit {
  readonly one: string;
  readonly many: string;
}

/** A value in words: *14 characters*, *on*. */
export function settingWords(field: SettingField, value: unknown): string {
  if (field.type === "switch") return value === true ? "on" : "off";
  return `${String(value)} ${value === 1 ? field.unit.one : field.unit.many}`;
}

/** What differs between two values of a topic, field by field, in the words of the form. */
export function changesOf(
  fields: readonly SettingField[],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly label: string; readonly from: string; readonly to: string }[] {
  return fields
    .filter(({ name }) => before[name] !== after[name])
    .map((field) => ({
      name: field.name,
      label: field.label,
      from: settingWords(field, before[field.name]),
      to: settingWords(field, after[field.name]),
    }));
}

"use client";

import { SuggestedField, useNamed } from "@/components/form/suggested-field";
import { textOf } from "@/components/form/text-of";
import type { Suggested } from "@/lib/client/queries";

import { PowerfulNote } from "./powerful-note";

/** A group to add somebody to, found as one types by a part of its name or description. */
export function GroupField({ isLeftOut }: { isLeftOut?: (group: Suggested) => boolean }) {
  return (
    <SuggestedField
      name="group"
      label="Group"
      list="groups"
      hint="Part of the name or the description."
      isOpenedEmpty
      isLeftOut={isLeftOut}
      noteOn={noteOn}
    />
  );
}

const noteOn = (group: Suggested | undefined) =>
  group?.isAdministrators === true ? <PowerfulNote groupName={group.name} /> : null;

/** What a form says in its `GroupField`. */
export type NamedGroup = { readonly text: string; readonly knownId: string };

export const groupIn = (values: FormData): NamedGroup => ({
  text: textOf(values, "group"),
  knownId: textOf(values, "groupId"),
});

/** Finds the OCID of what was named; nothing where no group has this name. */
export function useGroupId() {
  const groupNamed = useNamed("groups");
  return async ({ text, knownId }: NamedGroup): Promise<string | undefined> =>
    knownId === "" ? groupNamed(text) : knownId;
}

export const noSuchGroup = "No group has this name. Type a part of it and choose one.";

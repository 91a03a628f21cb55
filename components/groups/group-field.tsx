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

/** The OCID of the group that a form names in its `GroupField`. */
export function useGroupOf() {
  const groupNamed = useNamed("groups");
  return async (values: FormData): Promise<string | undefined> =>
    textOf(values, "groupId") || groupNamed(textOf(values, "group"));
}

export const noSuchGroup = "No group has this name. Type a part of it and choose one.";

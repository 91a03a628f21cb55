"use client";

import { PublicPart } from "@/components/ui/public-part";
import { databaseUserNameOf } from "@/lib/domain/users/database-user-name";

import type { OwnerPanelProps } from "../kind-props";

/** Under which name the owner signs in to databases. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DatabaseUserNamePanel({ owner }: OwnerPanelProps) {
  const userName = databaseUserNameOf(owner);
  return userName === undefined ? null : (
    <PublicPart value={userName} copyLabel="Copy database user name" head={40} tail={10} />
  );
}

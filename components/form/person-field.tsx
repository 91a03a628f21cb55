"use client";

import { SuggestedField, type SuggestedFieldProps, useNamed } from "./suggested-field";

export type PersonFieldProps = Omit<SuggestedFieldProps, "list">;

/** A user, found as one types by name, e-mail address or OCID. */
export const PersonField = (props: PersonFieldProps) => <SuggestedField {...props} list="users" />;

export const useUserNamed = () => useNamed("users");

import { redirect } from "next/navigation";

import { isAppError } from "@/lib/domain/errors";

/** A cursor of another list, or one that was cut when it was copied, leads to the first page. */
export async function firstPageWhenLost<Page>(
  cursor: string | undefined,
  first: string,
  list: () => Promise<Page>,
): Promise<Page> {
  try {
    return await list();
  } catch (error) {
    if (cursor !== undefined && isAppError(error) && error.code === "invalid_input")
      redirect(first);
    throw error;
  }
}

/** A parameter of an address that says which page; undefined where it says nothing. */
export function pageAsked(given: string | string[] | undefined): string | undefined {
  return typeof given === "string" && given !== "" ? given : undefined;
}

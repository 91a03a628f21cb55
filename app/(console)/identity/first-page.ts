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

import { listUsers } from "@/lib/services/users/list-users";

import { answer } from "../answer";

const mostSuggested = 8;

/** The users whom `search` finds, a few, for a field that names one. */
export async function GET(request: Request): Promise<Response> {
  const search = new URL(request.url).searchParams.get("search") ?? "";
  return answer(async (caller) => {
    const { items } = await listUsers(caller, {
      search,
      limit: mostSuggested,
      sortBy: "NAME",
      sortOrder: "ASC",
    });
    return items.map(({ id, name, description, kind }) => ({ id, name, description, kind }));
  });
}

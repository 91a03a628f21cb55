import { listGroups } from "@/lib/services/groups/list-groups";

import { answer } from "../answer";

const mostSuggested = 20;

/** The groups that `search` finds, a few, for a field that names one. */
export async function GET(request: Request): Promise<Response> {
  const search = new URL(request.url).searchParams.get("search") ?? "";
  return answer(async (caller) => {
    const { items } = await listGroups(caller, {
      search,
      limit: mostSuggested,
      sortBy: "NAME",
      sortOrder: "ASC",
    });
    return items.map(({ id, name, description, isAdministrators }) => ({
      id,
      name,
      description,
      isAdministrators,
    }));
  });
}

import { listInput, readUsersQuery } from "@/components/users/users-query";
import { exportUsers } from "@/lib/services/users/export-users";

import { download, exportFormat } from "../../answer";

/** The users as a file: `format` csv or jsonl, and what the page's address can say. */
export async function GET(request: Request): Promise<Response> {
  const { format, type } = exportFormat(request);
  const asked = readUsersQuery(Object.fromEntries(new URL(request.url).searchParams));
  const query = listInput({ ...asked, page: undefined });
  return download(`users.${format}`, type, (caller) => exportUsers(caller, query, format));
}

import { openMailedLink } from "@/lib/auth/link-cookie";

/** Where the link of a mailed invitation leads. */
export function GET(request: Request): Promise<Response> {
  return openMailedLink("invitation", request);
}

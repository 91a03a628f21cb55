import { openMailedLink } from "@/lib/auth/link-cookie";

/** Where the link that confirms an e-mail address leads. */
export function GET(request: Request): Promise<Response> {
  return openMailedLink("confirm-email", request);
}

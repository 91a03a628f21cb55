import NextAuth from "next-auth";
import type { NextRequest } from "next/server";

import { nextAuthOptions } from "@/lib/auth/next-auth";

type Context = { params: Promise<{ nextauth: string[] }> };

/** The options need the runtime, which exists only once requests arrive: a build executes this module without one. */
function handler(request: NextRequest, context: Context) {
  return NextAuth(request, context, nextAuthOptions());
}

export { handler as GET, handler as POST };

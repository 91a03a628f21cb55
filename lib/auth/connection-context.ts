import "server-only";
import { runtime } from "@/lib/config/runtime";

/** What a client needs to know of this server, to be put into configuration files. */
export function connectionContext() {
  const { tenancy, env } = runtime();
  return { tenancyId: tenancy.id, tenancyName: tenancy.name, region: tenancy.region, url: env.url };
}

import "server-only";
import { runtime } from "@/lib/config/runtime";

/** What a client needs to know of this server, to be put into configuration files, and in which realm it is. */
export function connectionContext() {
  const { tenancy, env } = runtime();
  const { id, name, region, realm } = tenancy;
  return { tenancyId: id, tenancyName: name, region, realm, url: env.url };
}

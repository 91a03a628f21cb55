import { createRequire } from "node:module";

import type * as OciCommon from "oci-common";
import type * as OciIdentity from "oci-identity";

type Identity = typeof OciIdentity;
type Common = typeof OciCommon;

const load = createRequire(import.meta.url);

/** Oracle's SDK as its users have it. `oci-common` as `oci-identity` sees it: a second copy has other classes. */
const identity: Identity = load("oci-identity");
const common: Common = createRequire(load.resolve("oci-identity"))("oci-common");

/** A client that reads a configuration file, pointed at a server the way the console says. */
export function clientFromFile(
  configFile: string,
  profile: string,
  url: string,
): OciIdentity.IdentityClient {
  const provider = new common.ConfigFileAuthenticationDetailsProvider(configFile, profile);
  const client = new identity.IdentityClient({ authenticationDetailsProvider: provider });
  client.endpoint = url;
  return client;
}

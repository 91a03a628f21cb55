import { defaultProfile } from "./config-file";

/** How one client is pointed at this server instead of Oracle's (identity-api.md 2.3). */
export interface ClientLine {
  readonly id: string;
  readonly label: string;
  readonly code: string;
}

/** For each client the line without which it would call Oracle. */
export function clientLines({ url, profile }: { url: string; profile: string }): ClientLine[] {
  const endpoint = url.replace(/\/+$/, "");
  return [
    { id: "cli", label: "CLI", code: cli(endpoint, profile) },
    { id: "python", label: "Python", code: python(endpoint, profile) },
    { id: "typescript", label: "TypeScript", code: typescript(endpoint, profile) },
    { id: "go", label: "Go", code: go(endpoint, profile) },
    { id: "java", label: "Java", code: java(endpoint, profile) },
    { id: "terraform", label: "Terraform", code: terraform(endpoint, profile) },
  ];
}

function cli(endpoint: string, profile: string): string {
  const chosen = profile === defaultProfile ? "" : `export OCI_CLI_PROFILE=${profile}\n`;
  return `export OCI_CLI_ENDPOINT=${endpoint}\n${chosen}oci iam region list`;
}

function python(endpoint: string, profile: string): string {
  const read =
    profile === defaultProfile
      ? "oci.config.from_file()"
      : `oci.config.from_file(profile_name="${profile}")`;
  return `config = ${read}\nclient = oci.identity.IdentityClient(config, service_endpoint="${endpoint}")`;
}

function typescript(endpoint: string, profile: string): string {
  const given = profile === defaultProfile ? "" : `undefined, "${profile}"`;
  return [
    `const provider = new common.ConfigFileAuthenticationDetailsProvider(${given});`,
    "const client = new identity.IdentityClient({ authenticationDetailsProvider: provider });",
    `client.endpoint = "${endpoint}";`,
  ].join("\n");
}

function go(endpoint: string, profile: string): string {
  const provider =
    profile === defaultProfile
      ? "common.DefaultConfigProvider()"
      : `common.CustomProfileConfigProvider("", "${profile}")`;
  return [
    `client, err := identity.NewIdentityClientWithConfigurationProvider(${provider})`,
    `client.Host = "${endpoint}"`,
  ].join("\n");
}

function java(endpoint: string, profile: string): string {
  return [
    `var provider = new ConfigFileAuthenticationDetailsProvider("${profile}");`,
    `var client = IdentityClient.builder().endpoint("${endpoint}").build(provider);`,
  ].join("\n");
}

function terraform(endpoint: string, profile: string): string {
  return [
    `export CLIENT_HOST_OVERRIDES="oci_identity.IdentityClient=${endpoint}"`,
    "",
    'provider "oci" {',
    `  config_file_profile = "${profile}"`,
    "}",
  ].join("\n");
}

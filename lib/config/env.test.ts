import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { ConfigError } from "./config-error";
import { parseEnv } from "./env";

function secretFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "secret");
  writeFileSync(file, content);
  return file;
}

describe("parseEnv", () => {
  it("needs nothing: an empty environment is a server for this machine alone", () => {
    expect(parseEnv({ NODE_ENV: "production" })).toEqual({
      port: 3000,
      host: "127.0.0.1",
      url: "http://localhost:3000",
      hosts: ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"],
      trustedProxies: [],
      databaseUrl: undefined,
      dataDir: resolve("data"),
      masterKey: undefined,
      tenancyName: "latchkey",
      region: "us-ashburn-1",
      realm: "local",
      adminPassword: undefined,
      passwordCost: "recommended",
      smtpUrl: undefined,
      mailFrom: "Latchkey <latchkey@localhost>",
      metricsToken: undefined,
      logLevel: "info",
      tokenAlgorithm: "RS256",
      isHttps: false,
      isProduction: true,
    });
  });

  it("takes a public address as the reason to listen to the outside", () => {
    const env = parseEnv({
      NODE_ENV: "test",
      LATCHKEY_URL: "https://Keys.Example.com/",
      LATCHKEY_HOSTS: "keys.internal:3000, 10.0.0.7",
    });
    expect(env).toMatchObject({
      host: "0.0.0.0",
      url: "https://keys.example.com",
      isHttps: true,
      isProduction: false,
    });
    expect(env.hosts).toEqual([
      "keys.example.com",
      "keys.example.com:443",
      "keys.internal:3000",
      "10.0.0.7",
    ]);
    expect(env.mailFrom).toBe("Latchkey <latchkey@keys.example.com>");
  });

  it("follows PORT in its own address and keeps HOST when it is set", () => {
    const env = parseEnv({ NODE_ENV: "test", PORT: "8080", HOST: "::1" });
    expect(env).toMatchObject({ url: "http://localhost:8080", host: "::1", port: 8080 });
    expect(env.hosts).toContain("[::1]:8080");
  });

  it("admits only the port of the public address", () => {
    expect(
      parseEnv({ NODE_ENV: "test", LATCHKEY_URL: "http://keys.example.com:8443" }).hosts,
    ).toEqual(["keys.example.com:8443"]);
  });

  it("treats an empty variable as unset, as compose files write it", () => {
    expect(parseEnv({ NODE_ENV: "test", DATABASE_URL: "", PORT: " " })).toMatchObject({
      databaseUrl: undefined,
      port: 3000,
    });
  });

  it("reads secrets from files and refuses to choose between two", () => {
    const file = secretFile("postgres://latchkey:pw@db/latchkey\n");
    expect(parseEnv({ NODE_ENV: "test", DATABASE_URL_FILE: file }).databaseUrl).toBe(
      "postgres://latchkey:pw@db/latchkey",
    );
    expect(() =>
      parseEnv({ NODE_ENV: "test", DATABASE_URL_FILE: file, DATABASE_URL: "postgres://x/y" }),
    ).toThrow(/both set/);
    expect(() => parseEnv({ NODE_ENV: "test", SMTP_URL_FILE: "/nowhere/file" })).toThrow(
      /SMTP_URL_FILE names \/nowhere\/file/,
    );
    expect(() => parseEnv({ NODE_ENV: "test", SMTP_URL_FILE: secretFile("\n") })).toThrow(
      /is empty/,
    );
  });

  it.each([
    ["PORT", "0"],
    ["PORT", "70000"],
    ["PORT", "http"],
    ["LATCHKEY_URL", "latchkey.example.com"],
    ["LATCHKEY_URL", "https://latchkey.example.com/console"],
    ["LATCHKEY_URL", "https://user:pw@latchkey.example.com"],
    ["LATCHKEY_URL", "ftp://latchkey.example.com"],
    ["LATCHKEY_HOSTS", "https://a.example.com"],
    ["LATCHKEY_HOSTS", "*"],
    ["LATCHKEY_TRUSTED_PROXIES", "10.0.0.0/33"],
    ["LATCHKEY_TRUSTED_PROXIES", "proxy.internal"],
    ["DATABASE_URL", "mysql://root:hunter2@db/x"],
    ["LATCHKEY_TENANCY_NAME", "My Company"],
    ["LATCHKEY_REGION", "Ashburn"],
    ["LATCHKEY_REALM", "oc.1"],
    ["SMTP_URL", "mail.example.com:hunter2"],
    ["MAIL_FROM", "Latchkey"],
    ["MAIL_FROM", "a@b.example\nBcc: c@d.example"],
    ["LATCHKEY_METRICS_TOKEN", "hunter2"],
    ["LATCHKEY_PASSWORD_COST", "none"],
    ["LATCHKEY_LOG_LEVEL", "loud"],
  ])("refuses %s=%j by name, without repeating the value", (name, value) => {
    const refused = () => parseEnv({ NODE_ENV: "test", [name]: value });
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(new RegExp(`^${name} .*\\.$`));
    expect(refused).not.toThrow(/hunter2/);
  });

  it("tells of all wrong settings at once", () => {
    const refused = () => parseEnv({ NODE_ENV: "test", PORT: "x", LATCHKEY_LOG_LEVEL: "y" });
    expect(refused).toThrow(/^PORT [^\n]*\nLATCHKEY_LOG_LEVEL [^\n]*$/);
  });

  it("cannot be changed afterwards", () => {
    expect(Object.isFrozen(parseEnv({ NODE_ENV: "test" }))).toBe(true);
  });
});

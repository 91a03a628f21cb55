import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { keyFileCommands, shellPath } from "./advice";
import { clientLines } from "./clients";
import { configFileText, type ConfigProfile, keyFileProblem, profileProblem } from "./config-file";
import { tokenSnippets } from "./snippets";

const profile: ConfigProfile = {
  profile: "DEFAULT",
  user: "ocid1.user.local..aaaa",
  fingerprint: "09:57:5e:00:11:22:33:44:55:66:77:88:99:aa:bb:d3",
  tenancy: "ocid1.tenancy.local..bbbb",
  region: "us-ashburn-1",
  keyFile: "~/.oci/latchkey-ann-2026-05-03.pem",
};

describe("the configuration file", () => {
  test("holds the profile, one value a line and no comment", () => {
    expect(configFileText(profile)).toBe(
      [
        "[DEFAULT]",
        "user=ocid1.user.local..aaaa",
        "fingerprint=09:57:5e:00:11:22:33:44:55:66:77:88:99:aa:bb:d3",
        "tenancy=ocid1.tenancy.local..bbbb",
        "region=us-ashburn-1",
        "key_file=~/.oci/latchkey-ann-2026-05-03.pem",
        "",
      ].join("\n"),
    );
  });

  test("never gets a line or a section more, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, keyFile) => {
        if (profileProblem(name) !== undefined || keyFileProblem(keyFile) !== undefined) {
          expect(() => configFileText({ ...profile, profile: name, keyFile })).toThrow();
          return;
        }
        const text = configFileText({ ...profile, profile: name, keyFile });
        expect(text.split(/\r\n|[\n\r\u0085\u2028\u2029]/)).toHaveLength(7);
        expect(text.startsWith(`[${name}]\n`)).toBe(true);
        expect(text).not.toMatch(/[#;]/);
      }),
    );
  });

  test.each([
    ["user", "ocid1.user\ntenancy=x"],
    ["tenancy", "a b"],
    ["region", ""],
    ["fingerprint", "09:57"],
  ])("is refused with a bad %s", (member, value) => {
    expect(() => configFileText({ ...profile, [member]: value })).toThrow();
  });
});

describe("names and paths that people type", () => {
  test.each(["DEFAULT", "ci", "my-profile_2.x"])("%j may name a profile", (name) => {
    expect(profileProblem(name)).toBeUndefined();
  });

  test.each(["", "a b", "a]\nuser=x", "[x", "-x", "ä", "a".repeat(65)])("%j may not", (name) => {
    expect(profileProblem(name)).toBeDefined();
  });

  test.each(["~/.oci/key.pem", "/home/ann/my keys/k.pem", "C:\\Users\\ann\\k.pem"])(
    "%j may be a key file",
    (path) => {
      expect(keyFileProblem(path)).toBeUndefined();
    },
  );

  test.each(["", "  ", "a\nregion=x", "~/key.pem # mine", '"quoted"', "a\u2028b", " lead"])(
    "%j may not",
    (path) => {
      expect(keyFileProblem(path)).toBeDefined();
    },
  );
});

describe("the advice for the key file", () => {
  test("makes the folder, moves the download and shuts both files, before the profile is pasted or after", () => {
    expect(keyFileCommands("k.pem", "~/.oci/k.pem")).toBe(
      "mkdir -p ~/.oci\nmv ~/Downloads/k.pem ~/.oci/k.pem\ntouch ~/.oci/config\nchmod go-rwx ~/.oci/k.pem ~/.oci/config",
    );
  });

  test("leaves the reader's own file to be named when nothing was downloaded", () => {
    expect(keyFileCommands(undefined, "/keys/k.pem")).toBe(
      "mkdir -p /keys ~/.oci\nmv path/to/private-key.pem /keys/k.pem\ntouch ~/.oci/config\nchmod go-rwx /keys/k.pem ~/.oci/config",
    );
  });

  test("quotes what a shell would split, but not the home sign", () => {
    expect(shellPath("~/my keys/k.pem")).toBe("~/'my keys/k.pem'");
    expect(shellPath("/a b/k.pem")).toBe("'/a b/k.pem'");
  });
});

describe("the line per client", () => {
  const lines = (profileName: string) =>
    Object.fromEntries(
      clientLines({ url: "http://localhost:3000/", profile: profileName }).map((line) => [
        line.id,
        line.code,
      ]),
    );

  test("points each at this server, without a slash or path after it", () => {
    for (const code of Object.values(lines("DEFAULT"))) {
      expect(code).toContain("http://localhost:3000");
      expect(code).not.toContain("localhost:3000/");
    }
  });

  test("names another profile to every client, and does not name DEFAULT to the CLI", () => {
    for (const code of Object.values(lines("ci"))) expect(code).toMatch(/\bci\b/);
    expect(lines("DEFAULT")["cli"]).not.toContain("DEFAULT");
  });
});

describe("the snippets of a token", () => {
  const snippets = tokenSnippets({
    userName: "ann",
    token: "lkat_x",
  });

  test("put the token into the .env file alone, never on a command line", () => {
    const holders = snippets.filter(({ code }) => code.includes("lkat_x")).map(({ id }) => id);
    expect(holders).toEqual(["env"]);
  });

  test("quote a user name that a shell would read", () => {
    const [swift] = tokenSnippets({ userName: "a'b $(id)", token: "t" });
    expect(swift?.code).toContain(`ST_USER='a'\\''b $(id)'`);
  });
});

import { expect, it } from "vitest";

import { clientWords } from "./client-words";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

it.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/140.0.0.0 Safari/537.36`, "Chrome on Linux"],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`,
    "Edge on Windows",
  ],
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/140.0.0.0 Safari/537.36`,
    "Chromium on Linux",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Firefox on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${webkit} Chrome/140.0 Mobile`, "Chrome on Android"],
  ["Oracle-TypeScriptSDK/2.142.1 (node.js 20)", "OCI SDK for TypeScript"],
  ["Oracle-PythonSDK/2.150 (python 3.12; x86_64-Linux) Oracle-PythonCLI/3.60", "OCI CLI"],
  ["Oracle-GoSDK/65 (linux/amd64) terraform-provider-oci/7.0 terraform/1.9", "Terraform"],
  ["curl/8.5.0", "curl 8.5.0"],
  ["", "Unknown client"],
  ["host", "Command on the host"],
])("%s is %s", (agent, words) => {
  expect(clientWords(agent)).toBe(words);
});

it("cuts what a client pads, so that a row stays a row", () => {
  expect(clientWords("x".repeat(400))).toHaveLength(40);
});

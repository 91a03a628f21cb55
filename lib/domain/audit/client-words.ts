/**
 * What a `User-Agent` header calls itself, in a few words: *Chrome on Linux*, *OCI CLI*. A name for people; nothing may
 * depend on it, because every client says what it likes.
 */
export function clientWords(userAgent: string): string {
  const agent = userAgent.trim();
  if (agent === "") return "Unknown client";
  if (agent === "host") return "Command on the host";
  if (agent === "latchkey") return "Latchkey itself";
  const tool = tools.find(([pattern]) => pattern.test(agent));
  if (tool) return tool[1];
  const browser = browsers.find(([pattern]) => pattern.test(agent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  return firstProduct(agent);
}

type Names = readonly (readonly [RegExp, string])[];

/** The first that matches wins: the CLI carries the Python SDK's name, Terraform the Go SDK's. */
const tools: Names = [
  [/terraform/i, "Terraform"],
  [/Oracle-PythonCLI/i, "OCI CLI"],
  [/Oracle-PythonSDK/i, "OCI SDK for Python"],
  [/Oracle-JavaSDK/i, "OCI SDK for Java"],
  [/Oracle-GoSDK/i, "OCI SDK for Go"],
  [/Oracle-TypeScriptSDK/i, "OCI SDK for TypeScript"],
  [/Oracle-(DotNet|\.NET)SDK/i, "OCI SDK for .NET"],
  [/Oracle-RubySDK/i, "OCI SDK for Ruby"],
];

/** Order matters: nearly every browser also calls itself Safari, and many call themselves Chrome. */
const browsers: Names = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(HeadlessChrome|Chromium)\//, "Chromium"],
  [/\b(Chrome|CriOS)\//, "Chrome"],
  [/\bVersion\/\S+ .*Safari\//, "Safari"],
];

const systems: Names = [
  [/\b(iPhone|iPod)\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

const longestName = 40;

/** `curl/8.5.0 (…)` → `curl 8.5.0`. */
function firstProduct(agent: string): string {
  const [product = ""] = agent.split(/\s/, 1);
  return product.replace("/", " ").slice(0, longestName);
}

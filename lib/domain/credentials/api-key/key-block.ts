export type BlockProblem =
  | "empty"
  | "too_large"
  | "private_key"
  | "encrypted"
  | "openssh"
  | "certificate"
  | "certificate_request"
  | "pkcs1"
  | "other_block"
  | "not_pem"
  | "two_keys"
  | "truncated"
  | "damaged"
  | "elliptic_curve"
  | "edwards_curve"
  | "dsa";

type BlockResult = { ok: true; der: Uint8Array } | { ok: false; problem: BlockProblem };

/**
 * Takes the bytes out of the one `PUBLIC KEY` block of a text (RFC 7468). What stands around the block is passed over,
 * such as the label line that some clients write after it; line ends do not matter.
 * Private keys are told first, wherever in the text they stand.
 */
export function readPublicKeyBlock(text: string): BlockResult {
  if (text.length > maxKeyTextBytes || new TextEncoder().encode(text).length > maxKeyTextBytes)
    return problem("too_large");
  if (text.trim() === "") return problem("empty");
  const foreign = privateProblem(text) ?? labelProblem(text);
  if (foreign !== undefined) return problem(foreign);
  const start = text.indexOf(beginLine) + beginLine.length;
  const end = text.indexOf(endLine, start);
  if (end === -1) return problem("truncated");
  return decode(text.slice(start, end).replace(/[ \t\r\n]+/g, ""));
}

export const maxKeyTextBytes = 16 * 1024;

const beginLine = "-----BEGIN PUBLIC KEY-----";
const endLine = "-----END PUBLIC KEY-----";
const canonicalBase64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

function problem(name: BlockProblem): BlockResult {
  return { ok: false, problem: name };
}

function privateProblem(text: string): BlockProblem | undefined {
  if (/ENCRYPTED PRIVATE KEY|Proc-Type: ?4,ENCRYPTED/i.test(text)) return "encrypted";
  if (/PRIVATE KEY-|BEGIN [A-Z0-9 ]{0,40}PRIVATE|PuTTY-User-Key-File/i.test(text))
    return "private_key";
  return undefined;
}

/** What the labels alone tell; undefined for exactly one block, labelled PUBLIC KEY. */
function labelProblem(text: string): BlockProblem | undefined {
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----/g)].map(
    ([, label = ""]) => label,
  );
  const [first, ...others] = labels;
  if (first === undefined) return unlabelledProblem(text);
  const foreign = foreignBlocks.get(first);
  if (foreign !== undefined) return foreign;
  if (first !== "PUBLIC KEY") return "other_block";
  return others.length > 0 ? "two_keys" : undefined;
}

const foreignBlocks = new Map<string, BlockProblem>([
  ["CERTIFICATE", "certificate"],
  ["X509 CERTIFICATE", "certificate"],
  ["TRUSTED CERTIFICATE", "certificate"],
  ["CERTIFICATE REQUEST", "certificate_request"],
  ["NEW CERTIFICATE REQUEST", "certificate_request"],
  ["RSA PUBLIC KEY", "pkcs1"],
  ["EC PARAMETERS", "elliptic_curve"],
  ["EC PUBLIC KEY", "elliptic_curve"],
  ["DSA PARAMETERS", "dsa"],
  ["DSA PUBLIC KEY", "dsa"],
]);

function unlabelledProblem(text: string): BlockProblem {
  const start = text.trimStart();
  if (/^(?:sk-)?ssh-ed25519/.test(start)) return "edwards_curve";
  if (/^(?:sk-)?ecdsa-sha2-/.test(start)) return "elliptic_curve";
  if (start.startsWith("ssh-dss")) return "dsa";
  if (start.startsWith("ssh-rsa") || text.includes("BEGIN SSH2 PUBLIC KEY")) return "openssh";
  return text.includes("-----BEGIN") || text.includes("-----END") ? "truncated" : "not_pem";
}

function decode(base64: string): BlockResult {
  if (base64 === "") return problem("truncated");
  if (!canonicalBase64.test(base64))
    return problem(/^[A-Za-z0-9+/]+$/.test(base64) ? "truncated" : "damaged");
  return { ok: true, der: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) };
}

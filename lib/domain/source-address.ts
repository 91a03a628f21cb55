/**
 * What a limit by source counts as one source: an IPv4 address as it is, and of IPv6 the /64 network, because whoever
 * has one address of it has all of them (RFC 6177). Anything else counts as itself.
 */
export function sourceOf(address: string): string {
  const plain = address.toLowerCase().split("%", 1)[0] ?? "";
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!/^[0-9a-f:]+$/.test(plain) || !plain.includes(":")) return address;
  const [left = "", right = ""] = plain.split("::", 2);
  const before = left === "" ? [] : left.split(":");
  const after = right === "" ? [] : right.split(":");
  const gap = plain.includes("::") ? Math.max(0, 8 - before.length - after.length) : 0;
  const groups = [...before, ...Array.from({ length: gap }, () => "0"), ...after];
  const network = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}

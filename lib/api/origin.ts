import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

import type { RequestOrigin } from "@/lib/domain/caller";

interface Proxies {
  readonly trustedProxies: readonly string[];
}

/**
 * Where a request comes from. The address is the socket's; only when that is a trusted proxy, the last address of
 * X-Forwarded-For that no trusted proxy has (security.md R35): everything before it is the client's own invention.
 */
export function originOf(request: Known, proxies: Proxies): RequestOrigin {
  return (request[known] ??= readOrigin(request, proxies));
}

/** A request that was asked before keeps what was found: its id is made up once. */
type Known = IncomingMessage & { [known]?: RequestOrigin };

const known = Symbol("origin");

function readOrigin(request: IncomingMessage, { trustedProxies }: Proxies): RequestOrigin {
  const { headers, socket } = request;
  const isTrusted = trustOf(trustedProxies);
  return {
    requestId: requestIdFor(headers["opc-request-id"]),
    address: addressOf(socket.remoteAddress ?? "", headers["x-forwarded-for"], isTrusted),
    client: (headers["user-agent"] ?? "").slice(0, longestClient),
  };
}

/**
 * What the client called its request, made harmless, then 32 hexadecimal digits of ours, so that two requests never
 * share one; 98 characters at most, as Oracle's own (identity-api.md 5.5).
 */
export function requestIdFor(given: string | string[] | undefined): string {
  const own = randomUUID().replaceAll("-", "").toUpperCase();
  const theirs = String(given ?? "")
    .replaceAll(/[^A-Za-z0-9/_-]/g, "")
    .slice(0, longestRequestId - own.length - 1);
  return theirs === "" ? own : `${theirs}/${own}`;
}

function addressOf(
  peer: string,
  forwarded: string | string[] | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let address = bare(peer);
  const hops = String(forwarded ?? "").split(",");
  while (isTrusted(address)) {
    const hop = bare(hops.pop()?.trim() ?? "");
    // A proxy that wrote no address is the last thing known.
    if (isIP(hop) === 0) return address;
    address = hop;
  }
  return address;
}

/** The address alone: without port and brackets, an IPv4 address not dressed as IPv6. */
function bare(text: string): string {
  const unwrapped =
    /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return unwrapped.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

function trustOf(proxies: readonly string[]): (address: string) => boolean {
  if (proxies.length === 0) return trustNobody;
  const list = listed.get(proxies) ?? blockListOf(proxies);
  listed.set(proxies, list);
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

function blockListOf(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of proxies) {
    const [address = "", bits] = entry.split("/");
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

/** Most servers have no proxy before them: every request would look its address up in an empty list. */
const trustNobody = () => false;
const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");
const listed = new WeakMap<readonly string[], BlockList>();
const longestRequestId = 98;
const longestClient = 300;

import { IncomingMessage } from "node:http";
import { Socket } from "node:net";

import { describe, expect, it } from "vitest";

import { originOf, requestIdFor } from "./origin";

const trustedProxies = ["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"];

function addressOf(peer: string, forwarded?: string): string {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: peer });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers["x-forwarded-for"] = forwarded;
  return originOf(request, { trustedProxies }).address;
}

describe("the address of a request", () => {
  it.each([
    ["nobody forwards", "203.0.113.9", undefined, "203.0.113.9"],
    ["an untrusted peer invents a hop", "203.0.113.9", "10.1.1.1", "203.0.113.9"],
    ["a trusted proxy names the client", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["the client invents hops before it", "10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"],
    ["two trusted proxies", "::ffff:10.0.0.1", "203.0.113.9, 192.0.2.1", "203.0.113.9"],
    ["IPv6 all the way", "2001:db8::1", "[2001:dead::7]:443", "2001:dead::7"],
    ["a port behind the address", "10.0.0.1", "203.0.113.9:5000", "203.0.113.9"],
    ["nonsense in the header", "10.0.0.1", "unknown", "10.0.0.1"],
    ["trusted to the end", "10.0.0.1", "10.0.0.2", "10.0.0.2"],
    ["an empty header", "10.0.0.1", "", "10.0.0.1"],
  ])("%s", (_name, peer, forwarded, expected) => {
    expect(addressOf(peer, forwarded)).toBe(expected);
  });
});

describe("the id of a request", () => {
  it("is ours alone when the client has none, and never the same", () => {
    expect(requestIdFor(undefined)).toMatch(/^[0-9A-F]{32}$/);
    expect(requestIdFor("a")).not.toBe(requestIdFor("a"));
  });
  it("cannot break a header or a log line", () => {
    expect(requestIdFor('x\r\nset-cookie: a="b"')).toMatch(/^xset-cookieab\/[0-9A-F]{32}$/);
  });
});

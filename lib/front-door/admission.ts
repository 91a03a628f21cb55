import type { IncomingMessage } from "node:http";

import { hasDotSegment } from "@/lib/domain/request-target";

/** Why a request goes no further. */
export interface Refusal {
  readonly status: number;
  readonly sentence: string;
  readonly headers?: Record<string, string>;
}

interface House {
  readonly hosts: readonly string[];
  readonly url: string;
}

const anyHost = /^\/+(healthz|readyz|metrics)(\?|$)/;

/** Holds for every request: one known Host, and a target in origin form without dot segments (decisions.md 32, 33a). */
export function checkRequestLine(request: IncomingMessage, { hosts }: House): Refusal | undefined {
  const target = request.url ?? "";
  if (!target.startsWith("/"))
    return { status: 400, sentence: "The request target must be a path." };
  if (hasDotSegment(target))
    return { status: 400, sentence: "The path must not contain dot segments." };
  const given = request.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === "host",
  ).length;
  if (given > 1) return { status: 400, sentence: "The request has more than one Host header." };
  if (anyHost.test(target)) return undefined;
  const host = request.headers.host?.toLowerCase();
  if (host !== undefined && hosts.includes(host)) return undefined;
  return {
    status: 421,
    sentence:
      "This server does not answer for that host name. Set LATCHKEY_URL or LATCHKEY_HOSTS to allow it.",
  };
}

const largestPageBody = 256 * 1024;
const pageMethods = new Set(["GET", "HEAD", "POST"]);

/**
 * Holds for what Next answers. A form or action must come from a page of ours: Next itself lets a missing Origin and a
 * foreign scheme pass, and answers 500 where it refuses.
 */
export function checkPageRequest(request: IncomingMessage, { url }: House): Refusal | undefined {
  const { method = "GET", headers } = request;
  if (!pageMethods.has(method))
    return {
      status: 405,
      sentence: "This address answers GET, HEAD and POST.",
      headers: { allow: "GET, HEAD, POST" },
    };
  if (method !== "POST") return undefined;
  const site = headers["sec-fetch-site"];
  const isForeign = headers.origin !== undefined && headers.origin !== url;
  const isCrossSite = site !== undefined && site !== "same-origin";
  if (isForeign || isCrossSite || (headers.origin === undefined && site === undefined)) {
    return { status: 403, sentence: "A form must be sent from a page of this server." };
  }
  const length = headers["content-length"];
  if (length === undefined) return { status: 411, sentence: "Send a Content-Length." };
  if (!/^\d+$/.test(length) || Number(length) > largestPageBody) {
    return {
      status: 413,
      sentence: "The form is larger than 256 KB.",
      headers: { connection: "close" },
    };
  }
  return undefined;
}

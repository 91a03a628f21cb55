import { generateKeyPairSync } from "node:crypto";
import { createServer, request as sendRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import fc from "fast-check";
import { DefaultRequestSigner, SimpleAuthenticationDetailsProvider } from "oci-common";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { parseAuthorization } from "@/lib/domain/signing/authorization";
import { checkRequest, parseHttpDate } from "@/lib/domain/signing/request";
import { signedVectors, vectorKey, type SignedVector } from "@/lib/domain/signing/vectors.fixture";
import { isFull } from "@/lib/testing/full";

import { publicKeyObject, sha256Base64, verifySignature } from "./signature";

const seed = 20_160_918;

type WireRequest = Omit<SignedVector, "name">;

/** The whole chain as the Identity API runs it, with the clock at the signed date. */
function judge(
  { method, target, rawHeaders, body }: WireRequest,
  pem: string,
  now = signedDate(rawHeaders),
) {
  const headers = lowerCased(rawHeaders);
  const authorization = parseAuthorization(headers["authorization"] ?? "");
  if (!authorization.ok) return { accepted: false, why: authorization.reason, signed: "" };
  const bytes = Buffer.from(body, "utf8");
  const request = {
    method,
    target,
    headers,
    rawHeaders,
    bodyLength: bytes.length,
    bodySha256Base64: sha256Base64(bytes),
    now,
  };
  const checked = checkRequest(request, authorization.value.headers);
  if (!checked.ok) return { accepted: false, why: checked.reason, signed: "" };
  const { signingString } = checked.value;
  const { signature } = authorization.value;
  const accepted = verifySignature({ signingString, signature, publicKey: publicKeyObject(pem) });
  return {
    accepted,
    why: accepted ? "" : "bad_signature",
    signed: `${signingString}\n${signature}\n${body}`,
  };
}

function lowerCased(rawHeaders: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [index, name] of rawHeaders.entries()) {
    if (index % 2 === 0) headers[name.toLowerCase()] ??= rawHeaders[index + 1] ?? "";
  }
  return headers;
}

function signedDate(rawHeaders: string[]): Date {
  const headers = lowerCased(rawHeaders);
  return parseHttpDate(headers["x-date"] ?? headers["date"] ?? "") ?? new Date(0);
}

/** Every byte of the text, one after the other, replaced by its neighbour. */
function flips(text: string): string[] {
  return [...text].map(
    (character, index) => text.slice(0, index) + flipped(character) + text.slice(index + 1),
  );
}

function flipped(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) ^ 1);
}

function withHeader(request: WireRequest, name: string, value: string): WireRequest {
  const rawHeaders = request.rawHeaders.map((text, index) =>
    index % 2 === 1 && request.rawHeaders[index - 1]?.toLowerCase() === name ? value : text,
  );
  return { ...request, rawHeaders };
}

describe("requests that real clients signed", () => {
  test.each(signedVectors)("$name verifies", (vector) => {
    expect(judge(vector, vectorKey.pem)).toMatchObject({ accepted: true });
  });

  test.each(signedVectors)("$name fails with any byte changed", (vector) => {
    const now = signedDate(vector.rawHeaders);
    const headers = lowerCased(vector.rawHeaders);
    const authorization = parseAuthorization(headers["authorization"] ?? "");
    if (!authorization.ok) throw new Error(authorization.reason);
    const { headers: names, signature } = authorization.value;
    const changed = [
      ...flips(vector.target).map((target) => ({ ...vector, target })),
      ...flips(vector.body).map((body) => ({ ...vector, body })),
      ...flips(vector.method).map((method) => ({ ...vector, method })),
      ...names.flatMap((name) =>
        flips(headers[name] ?? "").map((value) => withHeader(vector, name, value)),
      ),
      ...flips(signature).map((text) =>
        withHeader(
          vector,
          "authorization",
          (headers["authorization"] ?? "").replace(signature, text),
        ),
      ),
    ];
    expect(changed.length).toBeGreaterThan(400);
    expect(changed.filter((request) => judge(request, vectorKey.pem, now).accepted)).toEqual([]);
  });
});

describe("requests signed by oci-common and sent over the wire", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const { tenancyId, userId, fingerprint } = vectorKey;
  const signer = new DefaultRequestSigner(
    new SimpleAuthenticationDetailsProvider(tenancyId, userId, fingerprint, privateKey, null),
  );
  const received: WireRequest[] = [];
  const server = createServer((message, response) => {
    void record(message).then((request) => {
      received.push(request);
      response.end();
    });
  });
  let origin = "";

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${portOf(server.address())}`;
  });
  afterAll(() => void server.close());

  const anything = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(..."%+&=?#@'\"/\\ ;,é漢 <>|^`{}[]:"), maxLength: 30 }),
  );
  const honest = fc.record({
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
    path: fc.array(
      fc
        .string({ unit: fc.constantFrom(..."abc.%:/-_~@+"), maxLength: 12 })
        .map((text) => encodeURIComponent(text)),
      { maxLength: 3 },
    ),
    query: anything,
    body: anything,
  });

  async function signAndSend({
    method,
    path,
    query,
    body,
  }: {
    method: string;
    path: string[];
    query: string;
    body: string;
  }): Promise<WireRequest> {
    const uri = `${origin}/20160918/${path.join("/")}?name=${query}`;
    const carriesBody = method === "POST" || method === "PUT";
    const headers = new Headers({ "content-type": "application/json" });
    await signer.signHttpRequest({
      method: clientMethod(method),
      uri,
      headers,
      ...(carriesBody && body !== "" ? { body } : {}),
    });
    const url = new URL(uri);
    await new Promise<void>((resolve, reject) => {
      const outgoing = sendRequest(
        origin,
        { method, path: url.pathname + url.search, headers: Object.fromEntries(headers) },
        (answer) => {
          answer.resume().on("end", resolve);
        },
      );
      outgoing.on("error", reject).end(carriesBody ? body : "");
    });
    const request = received.pop();
    if (request === undefined) throw new Error("Nothing arrived.");
    return request;
  }

  test("hostile paths, queries and bodies all verify", { timeout: 600_000 }, async () => {
    const numRuns = isFull ? 20_000 : 2_000;
    await fc.assert(
      fc.asyncProperty(honest, async (sample) => {
        expect(judge(await signAndSend(sample), publicKey)).toMatchObject({
          accepted: true,
          why: "",
        });
      }),
      { seed, numRuns },
    );
  });

  test(
    "no mutation of them verifies unless it leaves what was signed as it was",
    { timeout: 1_200_000 },
    async () => {
      const numRuns = isFull ? 500_000 : 20_000;
      const samples: WireRequest[] = [];
      for (const sample of fc.sample(honest, { seed: seed + 1, numRuns: 40 }))
        samples.push(await signAndSend(sample));
      let refused = 0;
      fc.assert(
        fc.property(
          fc.constantFrom(...samples),
          mutation(),
          fc.constantFrom(...samples),
          (request, mutate, other) => {
            const now = signedDate(request.rawHeaders);
            const before = judge(request, publicKey, now);
            const after = judge(mutate(request, other), publicKey, now);
            if (after.accepted) expect(after.signed).toBe(before.signed);
            else refused += 1;
          },
        ),
        { seed, numRuns },
      );
      expect(refused).toBeGreaterThan(numRuns / 2);
    },
  );
});

type Mutation = (request: WireRequest, other: WireRequest) => WireRequest;

function mutation(): fc.Arbitrary<Mutation> {
  const edit = fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 3 }),
    insert: fc.string({ maxLength: 3 }),
  });
  const splice = (
    text: string,
    { at, remove, insert }: { at: number; remove: number; insert: string },
  ): string => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + insert + text.slice(index + remove);
  };
  const header = fc.constantFrom(
    "x-date",
    "host",
    "content-type",
    "content-length",
    "x-content-sha256",
    "authorization",
  );
  return fc.oneof(
    edit.map((change): Mutation => (request) => ({
      ...request,
      target: splice(request.target, change),
    })),
    edit.map((change): Mutation => (request) => ({
      ...request,
      body: splice(request.body, change),
    })),
    fc.tuple(header, edit).map(
      ([name, change]): Mutation =>
        (request) =>
          withHeader(request, name, splice(lowerCased(request.rawHeaders)[name] ?? "", change)),
    ),
    fc.tuple(header, edit).map(([name, change]): Mutation => (request) => ({
      ...request,
      rawHeaders: [...request.rawHeaders, name, change.insert],
    })),
    header.map(
      (name): Mutation =>
        (request, other) =>
          withHeader(request, name, lowerCased(other.rawHeaders)[name] ?? ""),
    ),
    header.map((name): Mutation => (request) => ({
      ...request,
      rawHeaders: request.rawHeaders.filter(
        (_, index, all) => all[index - (index % 2)]?.toLowerCase() !== name,
      ),
    })),
    fc.constant<Mutation>((request, other) => ({ ...request, target: other.target })),
    fc.constant<Mutation>((request, other) => ({ ...request, body: other.body })),
    fc
      .constantFrom("GET", "POST", "PUT", "DELETE", "PATCH")
      .map((method): Mutation => (request) => ({ ...request, method })),
  );
}

async function record(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const { method = "", url: target = "", rawHeaders } = message;
  return { method, target, rawHeaders, body: Buffer.concat(chunks).toString("utf8") };
}

/** The client declares its methods as an enum of these very words. */
function clientMethod(
  method: string,
): Parameters<DefaultRequestSigner["signHttpRequest"]>[0]["method"] {
  return method as Parameters<DefaultRequestSigner["signHttpRequest"]>[0]["method"];
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

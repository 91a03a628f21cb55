import { afterEach, describe, expect, it, vi } from "vitest";

import { askForToken } from "./ask-for-token";

const request = { clientId: "ocid1.credential.local..aaaa", secret: "lkoc_abc", scope: "urn:a-b" };
const fetched = vi.fn<typeof fetch>();

afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

function answerWith(body: unknown, status = 200) {
  vi.stubGlobal("fetch", fetched.mockResolvedValue(Response.json(body, { status })));
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("asking for a token", () => {
  it("sends the secret in the header alone, to our own origin, and reads the token that comes", async () => {
    const claims = { aud: "urn:ä", client_id: request.clientId };
    const token = `${part({ alg: "RS256", typ: "at+jwt" })}.${part(claims)}.signature`;
    answerWith({ access_token: token, token_type: "Bearer", expires_in: 3600, scope: "urn:a-b" });
    const answer = await askForToken(request);
    const [address, { body, credentials, headers } = {}] = fetched.mock.calls[0] ?? [];
    expect(address).toBe("/oauth2/token");
    expect(credentials).toBe("omit");
    expect(String(body)).toBe("grant_type=client_credentials&scope=urn%3Aa-b");
    expect(headers).toEqual({
      authorization: `Basic ${btoa(`${request.clientId}:${request.secret}`)}`,
    });
    if (!answer.isGiven) throw new Error(answer.sentence);
    expect(JSON.parse(answer.token.header)).toEqual({ alg: "RS256", typ: "at+jwt" });
    expect(JSON.parse(answer.token.claims)).toEqual(claims);
    expect(answer.token.lifetimeSeconds).toBe(3600);
    const left = Date.parse(answer.token.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(3_590_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
  });

  it("encodes what is pasted before it is joined (RFC 6749 2.3.1), whatever it is", async () => {
    answerWith({ error: "invalid_client" }, 401);
    await askForToken({ ...request, secret: "ü:% +😀" });
    const headers = new Headers(fetched.mock.calls[0]?.[1]?.headers);
    const [, login = ""] = headers.get("authorization")?.split(" ") ?? [];
    expect(atob(login)).toBe(`${request.clientId}:%C3%BC%3A%25+%2B%F0%9F%98%80`);
  });

  it.each<[string, unknown, string]>([
    ["a wrong secret", { error: "invalid_client", error_description: "x" }, "refused this secret"],
    [
      "another refusal",
      { error: "invalid_scope", error_description: "This scope is gone." },
      "This scope is gone. (invalid_scope)",
    ],
    ["an answer of something else", { hello: "world" }, "makes no sense"],
  ])("says in a sentence what is wrong: %s", async (_what, body, sentence) => {
    answerWith(body, 400);
    const answer = await askForToken(request);
    expect(answer).toEqual({ isGiven: false, sentence: expect.stringContaining(sentence) });
  });

  it("says so when nobody answers", async () => {
    vi.stubGlobal("fetch", fetched.mockRejectedValue(new TypeError("failed")));
    expect(await askForToken(request)).toEqual({
      isGiven: false,
      sentence: "The token service could not be reached. Try again.",
    });
  });
});

import { createPublicKey } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { issueCredential } from "@/lib/services/credentials/issue-credential";

import { newKeyPair } from "../stage.fixture";
import { cases, type Tokens } from "./differential-cases.fixture";
import {
  assertionMaker,
  opaque,
  type Outcome,
  outcomeOf,
  scopes,
  startPeer,
  type Target,
} from "./differential.fixture";
import { basic, type OauthStage, post, startOauthStage } from "./stage.fixture";

let stage: OauthStage;
let peer: Awaited<ReturnType<typeof startPeer>>;
let ours: Target;
let theirs: Target;
beforeAll(async () => {
  stage = await startOauthStage();
  const own = await stage.client(scopes);
  const foreign = await stage.client(scopes);
  const pair = newKeyPair();
  const { credential } = await issueCredential(stage.host, {
    reason: "a test",
    ownerId: own.owner.userId,
    kind: "api_key",
    values: { key: pair.publicKeyPem },
  });
  const kid = credential.publicId;
  const jwk = { ...createPublicKey(pair.publicKeyPem).export({ format: "jwk" }), kid };
  peer = await startPeer(own, foreign, jwk);
  ours = {
    url: stage.endpoint,
    basic: own,
    post: own,
    foreign,
    assertion: assertionMaker("http://localhost:3000", own.id, pair.privateKeyPem, kid),
  };
  theirs = {
    url: peer.url,
    basic: { id: "basic", secret: own.secret },
    post: { id: "post", secret: own.secret },
    foreign: { id: "foreign", secret: foreign.secret },
    assertion: assertionMaker(peer.url, "key", pair.privateKeyPem, kid),
  };
});
afterAll(async () => {
  await peer?.stop();
  await stage?.stop();
});

async function tokenOf(
  { url }: Target,
  client: { id: string; secret: string },
  resource: string,
): Promise<string> {
  const { body } = await post(
    { endpoint: url },
    "/oauth2/token",
    { grant_type: "client_credentials", scope: "urn:reports-read", resource },
    basic(client),
  );
  return String(body["access_token"]);
}

/** A JWT of ours, and of theirs the kind of token that they introspect and revoke. */
async function tokensOf(target: Target): Promise<Tokens> {
  const resource = target === ours ? "" : opaque;
  const [own, foreign] = await Promise.all([
    tokenOf(target, target.basic, resource),
    tokenOf(target, target.foreign, resource),
  ]);
  return { own, foreign };
}

interface Reason {
  readonly why: string;
  readonly ours: RegExp;
  readonly theirs: RegExp;
  readonly cases: RegExp;
}

/** Every difference there is, each with its reason; in all else the two servers answer the same. */
const reasons: readonly Reason[] = [
  {
    why: "A client that does not prove itself gets 401 however it fails: RFC 6749 5.2 wants it of whoever used the header.",
    ours: /^401 invalid_client$/,
    theirs: /^400 invalid_request$/,
    cases:
      /authenticated by (nothing|client_secret alone|a bearer token|Basic (that|without|with a broken))|an assertion that is no JWT$/,
  },
  {
    why: "A method that an address does not answer is 405, with the ones that it does: the address is there.",
    ours: /^405 invalid_request$/,
    theirs: /^404$/,
    cases: /^\/oauth2\/\w+ by (GET|PUT|DELETE)$/,
  },
  {
    why: "Oracle's clients repeat the parameter scope; of the others even those that nobody knows are given once (RFC 6749 3.2).",
    ours: /^(200 .*|400 invalid_request)$/,
    theirs: /^(400 invalid_request|200 .*)$/,
    cases: /^token, with (the parameter scope|a parameter that nobody knows,) twice$/,
  },
  {
    why: "A scope that the client does not have is refused, not left out of the token in silence.",
    ours: /^400 invalid_scope$/,
    theirs: /^200 token_type:"Bearer" expires_in:3600 access_token/,
    cases: /^token, with (a scope of nobody|one scope of its own and one of nobody)$/,
  },
  {
    why: "There is no grant but client_credentials: one that others know is not looked at further.",
    ours: /^400 unsupported_grant_type$/,
    theirs: /^400 invalid_request$/,
    cases: /^token, for a code$/,
  },
  {
    why: "A token is shown with all its claims to its own client, and nobody learns whether another's exists (RFC 7009 2.2).",
    ours: /^(200 active:true .* jti scope sub|200)$/,
    theirs: /^(200 active:true .* iss scope|400 invalid_request)$/,
    cases: /^(introspection of its own|revocation of one of another client)$/,
  },
];

describe("beside npm oidc-provider", () => {
  const answers = new Map<string, { ours: Outcome; theirs: Outcome }>();

  it("at least 120 requests are answered the same, or otherwise for a reason", async () => {
    for (const { name, path, draft } of cases) {
      const ask = async (target: Target) =>
        outcomeOf(target.url, path, await draft(target, await tokensOf(target)));
      answers.set(name, { ours: await ask(ours), theirs: await ask(theirs) });
      // The comparison is of answers, not of patience with one client that fails all day.
      await stage.sql("delete from rate_limits");
    }
    expect(answers.size).toBe(cases.length);
    expect(answers.size).toBeGreaterThanOrEqual(120);
    const unexplained = [...answers].filter(
      ([name, { ours, theirs }]) =>
        (ours.answer !== theirs.answer) !==
        reasons.some((one) => explains(one, name, ours, theirs)),
    );
    expect(unexplained).toEqual([]);
  });

  it.each(reasons.map((reason) => [reason.why, reason] as const))("%s", (_why, reason) => {
    const explained = [...answers].filter(([name, { ours, theirs }]) =>
      explains(reason, name, ours, theirs),
    );
    expect(explained.length).toBeGreaterThan(0);
  });

  it("ours may not be kept, the key set apart (security.md R51)", () => {
    const kept = [...answers].filter(([, { ours }]) => ours.mayBeKept).map(([name]) => name);
    expect(kept).toEqual(["the key set"]);
  });
});

function explains({ ours, theirs, cases: which }: Reason, name: string, a: Outcome, b: Outcome) {
  return which.test(name) && ours.test(a.answer) && theirs.test(b.answer);
}

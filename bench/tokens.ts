import { rmSync } from "node:fs";

import { decodeProtectedHeader } from "jose";

import { settleAdministrator } from "../e2e/support/console-session";
import { ask, member } from "../e2e/support/people";
import { type RunningServer, startServer } from "../e2e/support/server";
import type { Signer } from "../e2e/support/signer";
import { fire, interleaved, judge } from "./measure";
import { startProgram } from "./program";

interface Client {
  readonly id: string;
  readonly secret: string;
}

const resource = { audience: "https://reports.example.com", scope: "read" };
const scope = `${resource.audience}-${resource.scope}`;

/**
 * Token issue with a client secret, ours with its database, against npm `oidc-provider` that keeps everything in memory
 * and signs with RS256: once signing with the same algorithm, once with the cheaper one that ours can be set to.
 */
export async function tokens(house: { server: RunningServer; signer: Signer }): Promise<void> {
  const client = await makeClient(house);
  const peer = await startProgram("bench-peer", {
    PEER_CLIENT: peerId,
    PEER_SECRET: client.secret,
    PEER_AUDIENCE: resource.audience,
    PEER_SCOPE: scope,
  });
  try {
    const theirs = await tokenRequest(peer.url, { ...client, id: peerId }, "RS256");
    await compare("RS256", house.server, client, theirs, 1);
    await withServer({ LATCHKEY_TOKEN_ALGORITHM: "ES256" }, async (server) => {
      const { signer } = await settleAdministrator(server);
      await compare("ES256", server, await makeClient({ server, signer }), theirs, 2);
    });
  } finally {
    await peer.stop();
  }
}

async function compare(
  algorithm: string,
  server: RunningServer,
  client: Client,
  theirs: () => Promise<number>,
  target: number,
): Promise<void> {
  const ours = await tokenRequest(server.url, client, algorithm);
  judge(
    `access token, ${algorithm} : oidc-provider in memory, RS256`,
    await interleaved(ours, theirs),
    target,
  );
}

/** Fires the request once by hand first: what is compared are JWTs, signed with what the comparison says. */
async function tokenRequest(
  origin: string,
  { id, secret }: Client,
  algorithm: string,
): Promise<() => Promise<number>> {
  const url = `${origin}/oauth2/token`;
  const request = {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "client_credentials", scope }).toString(),
  };
  const answer: { access_token?: string } = await (await fetch(url, request)).json();
  const header = decodeProtectedHeader(answer.access_token ?? "");
  if (header.alg !== algorithm) throw new Error(`${url} signs with ${header.alg}.`);
  return () => fire(url, request);
}

async function makeClient(house: { server: RunningServer; signer: Signer }): Promise<Client> {
  const path = `/users/${house.signer.userId}/oauth2ClientCredentials`;
  const body = { name: "bench", description: "The bench", scopes: [resource] };
  const reply = await ask(house.server.url, house.signer, { method: "POST", path, body });
  return { id: member(reply, "id"), secret: member(reply, "password") };
}

const peerId = "bench";

async function withServer(
  env: Record<string, string>,
  use: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await startServer({ env });
  try {
    await use(server);
  } finally {
    await server.stop();
    rmSync(server.dataDir, { recursive: true, force: true });
  }
}

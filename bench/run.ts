import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { gzipSync } from "node:zlib";

import { hash, verify } from "@node-rs/argon2";

import { passwordCosts } from "@/lib/secrets/hash-password";

import { ConsoleSession, settleAdministrator } from "../e2e/support/console-session";
import { databaseUrl } from "../e2e/support/database";
import { startByNpm } from "../e2e/support/npm-start";
import { ask, makePerson, opened, resetPassword } from "../e2e/support/people";
import { type RunningServer, startServer } from "../e2e/support/server";
import { makeKeyPair, sign, type Signer } from "../e2e/support/signer";
import {
  connections,
  fire,
  interleaved,
  judge,
  type Measured,
  median,
  perSecond,
  rounds,
  say,
  seconds,
  verdict,
} from "./measure";
import { startProgram } from "./program";
import { tokens } from "./tokens";

interface House {
  readonly server: RunningServer;
  readonly floor: string;
  readonly signer: Signer;
  readonly session: ConsoleSession;
}

async function main(): Promise<void> {
  const server = await startServer({ env: { LATCHKEY_PASSWORD_COST: "recommended" } });
  try {
    const { session, signer } = await settleAdministrator(server);
    const floor = await startProgram("bench-floor", {
      FLOOR_DATABASE: databaseUrl(server.dataDir),
    });
    try {
      await measure({ server, session, signer, floor: floor.url });
    } finally {
      await floor.stop();
    }
    await server.stop();
    await secondStart(server.dataDir);
  } finally {
    await server.stop();
    rmSync(server.dataDir, { recursive: true, force: true });
  }
}

async function measure(house: House): Promise<void> {
  await addKeys(house);
  say(
    `${rounds} rounds of ${seconds} s, ${connections} connections, ${availableParallelism()} cores`,
  );
  judge("signed GET of three API keys : bare node:http", await signedGet(house), 0.85);
  judge(
    "profile page with three keys : the finished page from node:http",
    await profilePage(house),
  );
  await javaScript(house);
  judge("sign-in : argon2id alone", await signIn(house), 0.8);
  await tokens(house);
}

async function addKeys({ server, signer }: House): Promise<void> {
  for (let key = 1; key < 3; key += 1) {
    const body = { key: makeKeyPair().publicPem };
    const path = `/users/${signer.userId}/apiKeys`;
    const reply = await ask(server.url, signer, { method: "POST", path, body });
    if (reply.status !== 200) throw new Error(`No key was added: ${reply.text}`);
  }
}

/** A GET may repeat its signature, so one signature a round serves; each is for the host that it is sent to. */
function signedGet({ server, floor, signer }: House): Promise<Measured[]> {
  const path = `/users/${signer.userId}/apiKeys`;
  const get = (origin: string) => {
    const { target, headers } = sign(signer, new URL(origin).host, { method: "GET", path });
    return fire(origin + target, { headers });
  };
  return interleaved(
    () => get(server.url),
    () => get(floor),
  );
}

async function profilePage({ server, floor, session, signer }: House): Promise<Measured[]> {
  const headers = { cookie: session.cookieHeader, "x-user": signer.userId };
  const html = await (await session.get("/profile/api-keys")).text();
  await fetch(floor, { method: "PUT", body: html });
  return interleaved(
    () => fire(`${server.url}/profile/api-keys`, { headers }),
    () => fire(`${floor}/page`, { headers }),
  );
}

async function javaScript({ server, session }: House): Promise<void> {
  const page = await (await session.get("/profile/api-keys")).text();
  const tags = [...page.matchAll(/<script\b[^>]*\ssrc="([^"]+)"[^>]*>/g)];
  const sources = tags.filter(([tag]) => !/\bnomodule\b/i.test(tag)).map(([, source]) => source);
  let bytes = 0;
  for (const source of new Set(sources)) {
    const script = await fetch(new URL(source ?? "", server.url));
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length;
  }
  const kilobytes = bytes / 1024;
  say(
    `first load of the profile page: ${kilobytes.toFixed(1)} KB of JavaScript, ${verdict(165 / kilobytes, 1)} (at most 165)`,
  );
}

/** The one absolute number: what a person waits for, with nothing installed, built or migrated anew. */
async function secondStart(dataDir: string): Promise<void> {
  const taken: number[] = [];
  for (let start = 0; start < 5; start += 1) {
    const { milliseconds, output } = await startByNpm(dataDir);
    if (!output.includes("Latchkey is ready at")) throw new Error(`No start: ${output}`);
    taken.push(milliseconds / 1_000);
  }
  const seconds = median(taken);
  say(
    `second npm start: ready after ${seconds.toFixed(2)} s, ${verdict(longestStart / seconds, 1)} (at most ${longestStart}); ${taken.map((each) => each.toFixed(2)).join(" ")}`,
  );
  if (seconds > longestStart) process.exitCode = 1;
}

const longestStart = 1.5;
const atOnce = 2;

/** Eight people sign in over and over, which keeps two checks running; the floor runs two checks and nothing else. */
async function signIn({ server, signer }: House): Promise<Measured[]> {
  const people = await Promise.all(Array.from({ length: 8 }, () => settledPerson(server, signer)));
  const verifier = await hash(password, passwordCosts.recommended);
  return interleaved(
    () =>
      perSecond(people, async ({ browser, form }) => {
        if (!opened(await browser.sendForm(form))) throw new Error("A sign-in was refused.");
        browser.cookies.clear();
      }),
    () =>
      perSecond(
        Array.from({ length: atOnce }),
        async () => void (await verify(verifier, password)),
      ),
  );
}

const password = "Seven-Loud-Kettles-31";

async function settledPerson({ url }: RunningServer, admin: Signer) {
  const person = await makePerson(url, admin);
  const oneTime = await resetPassword(url, admin, person);
  const browser = new ConsoleSession(url);
  await browser.signIn(person.name, oneTime);
  await browser.submitForm("/change-password", {
    currentPassword: oneTime,
    newPassword: password,
    confirmNewPassword: password,
  });
  browser.cookies.clear();
  const form = await browser.prepareForm("/sign-in", { userName: person.name, password });
  return { browser, form };
}

await main();

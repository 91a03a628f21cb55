import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { type Env, processEnv } from "@/lib/config/env";
import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { closeServer, watchConnections } from "@/lib/front-door/close";
import { explainStart, listenProblem } from "@/lib/front-door/explain";
import { makeLogs } from "@/lib/front-door/log";
import { type Pages, startPages } from "@/lib/front-door/pages";
import { requestListener } from "@/lib/front-door/request-listener";
import { type StartedDatabase, startDatabase } from "@/lib/front-door/start-database";
import { buildRuntime } from "@/lib/front-door/start-runtime";
import { type FirstPassword, showFirstPassword } from "@/lib/services/bootstrap";
import { startAuditSealer } from "@/lib/services/audit/start-sealer";
import { flushLastUses } from "@/lib/services/last-use";
import { startMailWorker } from "@/lib/services/mail/worker";
import { startMaintenance } from "@/lib/services/maintenance/start-maintenance";
import { startAnnouncing } from "@/lib/services/master-key/announce";
import { sessionCookieSecret } from "@/lib/services/sessions/token";

/** What has been opened so far, to be closed however the process ends. */
const house: { database?: StartedDatabase; pages?: Pages } = {};

/** The process: configuration, database, runtime, then one server for machines and people, until a signal ends it. */
async function start(): Promise<void> {
  const env = processEnv();
  const { log, requestLog, flush } = makeLogs(env.logLevel);
  process.once("exit", flush);
  const server = createServer({
    keepAliveTimeout: 65_000,
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    maxHeaderSize: 16_384,
  });
  const connections = watchConnections(server);
  const background: { stop(): unknown }[] = [];
  let stopping: Promise<void> | undefined;

  const stop = async (signal: string) => {
    const isHurried =
      !env.isProduction || runtimeStarted()?.singles.get("readiness-asked") !== true;
    runtimeStarted()?.singles.set("draining", true);
    log.info({ signal }, "stopping");
    // A signal during the start: what is being opened must be open before it can be closed.
    await opening.catch(() => undefined);
    await closeServer(server, connections, { isHurried });
    for (const service of background) await service.stop();
    if (runtimeStarted()) await flushLastUses();
    await house.pages?.close();
    await house.database?.stop();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      // What is stuck, such as the farewell to a database that swallows it, must not keep the process for ever.
      setTimeout(() => {
        log.error("the stop took too long and was cut short");
        process.exit(1);
      }, longestShutdown).unref();
      stopping = stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "the stop did not go cleanly");
          process.exit(1);
        },
      );
    });
  }

  // Plain lines besides the log: people and scripts wait for the last one (decisions.md 33).
  const open = async () => {
    const database = await startDatabase(env, log);
    house.database = database;
    if (stopping) return;
    const { firstPassword } = await buildRuntime(env, log, database.pool);
    background.push(await startAnnouncing());
    if (stopping) return;
    // next-auth reads both from the environment when it is loaded.
    process.env["NEXTAUTH_URL"] = env.url;
    process.env["NEXTAUTH_SECRET"] = sessionCookieSecret();
    const pages = await startPages(server, env);
    house.pages = pages;
    if (stopping) return;
    server.on(
      "request",
      requestListener({
        env,
        requestLog,
        pages: () => pages,
        isDraining: () => stopping !== undefined,
      }),
    );
    await listen(server, env);
    if (stopping) return;
    background.push(startMailWorker(), startMaintenance(), startAuditSealer());
    await announce(firstPassword);
    if (!stopping) process.stdout.write(`Latchkey is ready at ${env.url}\n`);
  };
  const opening = open();
  await opening;
}

function runtimeStarted() {
  try {
    return runtime();
  } catch {
    return undefined;
  }
}

async function listen(server: ReturnType<typeof createServer>, { port, host }: Env): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => reject(listenProblem(error, port));
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

async function announce(firstPassword: FirstPassword | null): Promise<void> {
  if (firstPassword === null) return;
  const show = (secret: string) => process.stdout.write(`One-time password for admin: ${secret}\n`);
  await transaction((tx) => showFirstPassword(tx, firstPassword, show));
}

const longestStop = 10_000;

/** A drain of ten seconds and all that follows it, and still within what supervisors wait before they kill. */
const longestShutdown = 28_000;

start().catch(async (error: unknown) => {
  process.stderr.write(`${explainStart(error)}\n`);
  // A database that nobody serves from must not go on running; whatever keeps it from stopping is not what went wrong.
  await Promise.race([house.database?.stop().catch(() => undefined), sleep(longestStop)]);
  process.exit(1);
});

import "server-only";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

import type { Env } from "@/lib/config/env";

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/**
 * Next behind our server. It gets a stand-in to hang its `upgrade` listener on: on the real server it would leave
 * upgraded sockets open, which keep the process from ever ending. Development needs them for hot reload.
 */
export async function startPages(server: Server, env: Env): Promise<Pages> {
  const { default: next } = await import("next");
  const upgrades = createServer();
  const dev = !env.isProduction;
  const app = next({
    dev,
    dir: process.cwd(),
    hostname: "localhost",
    port: env.port,
    httpServer: upgrades,
  });
  await app.prepare();
  const answer = app.getRequestHandler();
  const sockets = dev ? forwardUpgrades(server, upgrades, env) : new Set<Socket>();
  return {
    handle: (request, response) => answer(request, response),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await app.close();
    },
  };
}

function forwardUpgrades(server: Server, upgrades: Server, { hosts, url }: Env): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const { host = "", origin } = request.headers;
    if (!hosts.includes(host.toLowerCase()) || (origin !== undefined && origin !== url)) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    upgrades.emit("upgrade", request, socket, head);
  });
  return sockets;
}

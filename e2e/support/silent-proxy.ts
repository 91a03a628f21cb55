import { once } from "node:events";
import { connect, createServer, type NetConnectOpts, type Socket } from "node:net";

export interface SilentProxy {
  readonly port: number;
  /** From now on nothing passes and nothing ends: what a cut cable or a lost firewall state looks like. */
  fallSilent(): void;
  /** New connections pass again; the old ones stay as silent as they are. */
  recover(): void;
  stop(): Promise<void>;
}

/** A TCP port before whatever listens at `target`. */
export async function startSilentProxy(target: NetConnectOpts): Promise<SilentProxy> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (isSilent) return;
    const far = connect(target);
    keep(far);
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return {
    port: address.port,
    fallSilent: () => {
      isSilent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    recover: () => {
      isSilent = false;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

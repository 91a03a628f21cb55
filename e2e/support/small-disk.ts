import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A data directory on a disk of its own that can be filled to the last byte. */
export interface SmallDisk {
  readonly dataDir: string;
  /** Before a command that is to see it: to all others the directory is empty. */
  readonly prefix: readonly string[];
  fill(): void;
  free(): void;
  /** Puts a folder of the data directory onto the machine's own disk, and a link in its place. */
  moveAway(folder: string): void;
  stop(): Promise<void>;
}

/** Root has a namespace for its mounts; others one in which they may mount, where the system lets them. */
const isRoot = process.geteuid?.() === 0;
const apart = isRoot ? ["--mount"] : ["--user", "--mount", "--map-current-user", "--keep-caps"];
const into = isRoot ? ["--mount"] : ["--user", "--mount", "--preserve-credentials"];

/** Whether this machine has them: Linux, outside a container that keeps its root from mounting. */
export const hasSmallDisks =
  spawnSync("unshare", [...apart, "mount", "-t", "tmpfs", "tmpfs", tmpdir()]).status === 0;

/** Lives in memory, for as long as this process or `stop` lets it. */
export async function makeSmallDisk(megabytes: number): Promise<SmallDisk> {
  // So long that PostgreSQL's socket lies elsewhere (docs/operating.md), where those who do not see the disk reach it.
  const parent = mkdtempSync(join(tmpdir(), "latchkey-small-disk-"));
  const dataDir = join(parent, "d".repeat(80));
  mkdirSync(dataDir);
  const mount = `mount -t tmpfs -o size=${megabytes}m,mode=755 tmpfs "$0" && echo mounted && exec sleep infinity`;
  const holder: ChildProcess = spawn("unshare", [...apart, "sh", "-c", mount, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (holder.stdout === null) throw new Error("The disk's holder has no output.");
  await once(holder.stdout, "data");
  const filler = join(`/proc/${holder.pid}/root`, dataDir, "filler");
  const prefix = ["-t", String(holder.pid), ...into, "--wd=."];
  return {
    dataDir,
    prefix: ["nsenter", ...prefix],
    moveAway: (folder) => {
      const here = join(dataDir, folder);
      const move = 'cp -a "$0" "$1/away" && rm -r "$0" && ln -s "$1/away" "$0"';
      execFileSync("nsenter", [...prefix, "sh", "-c", move, here, parent]);
    },
    fill: () => fillWith(filler),
    free: () => rmSync(filler),
    stop: async () => {
      holder.kill("SIGKILL");
      await once(holder, "exit");
      rmSync(parent, { recursive: true });
    },
  };
}

function fillWith(path: string): void {
  const file = openSync(path, "a");
  try {
    for (let size = 1 << 20; size > 0;) {
      try {
        writeSync(file, Buffer.alloc(size, 1));
      } catch {
        size >>= 1;
      }
    }
  } finally {
    closeSync(file);
  }
}

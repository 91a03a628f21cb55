import autocannon from "autocannon";

/** Everything in one run and as ratios: an absolute number says more about the machine than about Latchkey. */
export const rounds = Number(process.argv[2] ?? 24);
export const seconds = Number(process.argv[3] ?? 1);
export const connections = 16;
const warmUpSeconds = 24;

export interface Measured {
  readonly ours: number;
  readonly floor: number;
}

interface Fired {
  headers?: Record<string, string>;
  method?: string;
  body?: string;
}

/** Both in turn, in many short rounds, so that whatever else the machine does falls on both and a median means something. */
export async function interleaved(
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<Measured[]> {
  // Until the engine has compiled what is hot; the floor, being smaller, is there sooner.
  const until = performance.now() + warmUpSeconds * 1_000;
  while (performance.now() < until) {
    await ours();
    await floor();
  }
  const measured: Measured[] = [];
  for (let round = 0; round < rounds; round += 1)
    measured.push({ ours: await ours(), floor: await floor() });
  return measured;
}

/** Requests a second on sixteen connections; anything but success is an error of the bench. */
export async function fire(url: string, request: Fired): Promise<number> {
  const result = await autocannon({ url, connections, duration: seconds, ...request });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} not 2xx, ${result.errors} errors`);
  return result.requests.total / result.duration;
}

export async function perSecond<T>(
  workers: T[],
  act: (worker: T) => Promise<void>,
): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  await Promise.all(
    workers.map(async (worker) => {
      for (; performance.now() < until; done += 1) await act(worker);
    }),
  );
  return done / seconds;
}

export function judge(what: string, measured: Measured[], target?: number): void {
  const ratio = median(measured.map(({ ours, floor }) => ours / floor));
  const all = measured.map(({ ours, floor }) => (ours / floor).toFixed(2)).join(" ");
  const goal = target === undefined ? "" : `, ${verdict(ratio, target)} (at least ${target})`;
  const { ours, floor } = {
    ours: median(measured.map((one) => one.ours)),
    floor: median(measured.map((one) => one.floor)),
  };
  say(
    `${what}: ${ratio.toFixed(2)}${goal}; rounds ${all}; ${ours.toFixed(0)} : ${floor.toFixed(0)} a second here`,
  );
  if (target !== undefined && ratio < target) process.exitCode = 1;
}

export const verdict = (value: number, target: number) => (value >= target ? "met" : "MISSED");

export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

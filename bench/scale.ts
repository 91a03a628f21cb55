import { readFileSync } from "node:fs";

import { type House, openHouse, openStreet } from "./houses";
import { say, verdict } from "./measure";
import { get, type Visit, visitsOf } from "./visits";

/**
 * What people do, at a thousand users and at a million, each visit of the one beside the same visit of the other:
 * `npm run bench:scale [-- users [folder [part of a visit's name, or "export of everything"]]]`. In a folder of its own the
 * databases stay for the next run.
 */
const small = 1_000;
const large = Number(process.argv[2] ?? 1_000_000);
const only = process.argv[4] ?? "";
const times = 80;
const warmUps = 10;
const atMost = 2;

async function main(): Promise<void> {
  const street = openStreet(process.argv[3]);
  const houses: House[] = [];
  try {
    for (const users of [small, large]) houses.push(await openHouse(street.folder, users));
    const [one, other] = houses;
    if (!one || !other) return;
    await compare(one, other);
    if ("export of everything".includes(only)) await exportEverything(other);
  } finally {
    for (const { server } of houses) await server.stop();
    street.leave();
  }
}

async function compare(one: House, other: House): Promise<void> {
  const visits = { one: await visitsOf(one), other: await visitsOf(other) };
  for (const [what, visit] of Object.entries(visits.one)) {
    const sameVisit = visits.other[what];
    if (!what.includes(only) || !sameVisit) continue;
    const taken = { one: new Array<number>(), other: new Array<number>() };
    for (let n = 0; n < warmUps + times; n += 1) {
      // In turn, so that whatever else the machine does falls on both.
      taken.one.push(await spentOn(one, visit, n, what));
      taken.other.push(await spentOn(other, sameVisit, n, what));
    }
    judge(what, taken.one.slice(warmUps), taken.other.slice(warmUps));
  }
}

function judge(what: string, few: readonly number[], many: readonly number[]): void {
  const ratio = quantile(many, 0.95) / quantile(few, 0.95);
  const inWords = (values: readonly number[]) =>
    `${quantile(values, 0.5).toFixed(1)} and ${quantile(values, 0.95).toFixed(1)} ms`;
  say(
    `${what}: ${ratio.toFixed(2)} times the p95 (at most ${atMost}), ${verdict(atMost, ratio)}; p50 and p95 ${inWords(few)} at ${small}, ${inWords(many)} at ${large}`,
  );
  if (!(ratio <= atMost)) process.exitCode = 1;
}

async function spentOn(house: House, visit: Visit, n: number, what: string): Promise<number> {
  const path = await visit(n);
  const began = performance.now();
  const answer = await get(house, path);
  if (!what.endsWith("first byte")) {
    await answer.arrayBuffer();
    return performance.now() - began;
  }
  const reader = answer.body?.getReader();
  await reader?.read();
  const spent = performance.now() - began;
  await reader?.cancel();
  return spent;
}

/** Everything that can be taken along, while the process is watched. */
async function exportEverything(house: House): Promise<void> {
  for (const path of ["credential-report", "users", "audit"]) {
    const began = performance.now();
    const answer = await get(house, `/api/console/${path}/export?format=csv`);
    const memory: number[] = [];
    let bytes = 0;
    let seen = 0;
    for await (const part of answer.body ?? []) {
      bytes += part.length;
      if (performance.now() - seen < 250) continue;
      seen = performance.now();
      memory.push(residentMegabytes(house.server.pid));
    }
    // What the first tenth took is the engine's own; a leak or a buffer would go on from there.
    const settled = Math.max(...memory.slice(0, Math.ceil(memory.length / 10)));
    const most = Math.max(...memory);
    const seconds = (performance.now() - began) / 1_000;
    say(
      `export of ${path}: ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s, memory ${settled.toFixed(0)} MB after a tenth, ${most.toFixed(0)} MB at most (64 MB more at most), ${verdict(settled + 64, most)}`,
    );
    if (most > settled + 64) process.exitCode = 1;
  }
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

await main();

/**
 * What a piece of work costs this process, however busy the machine is; the least of up to three runs, because the first
 * ones also pay for compiling and for what others left to collect.
 */
export function cpuMilliseconds(run: () => void): number {
  let least = Infinity;
  for (let round = 0; round < 3 && least >= enough; round += 1) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** Below this nobody asks for less. */
const enough = 50;

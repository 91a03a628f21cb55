import { ConfigError } from "@/lib/config/config-error";
import type { ChainHead } from "@/lib/domain/audit/chain";
import { sealTrail } from "@/lib/services/audit/seal-trail";
import { verifyTrail } from "@/lib/services/audit/verify-trail";

import { runOnTheHost } from "./lib/on-the-host";

/** `--head <position>:<hash>`, as this command or the server's log printed it. */
function givenHead([flag, value]: readonly string[]): ChainHead | undefined {
  if (flag === undefined) return undefined;
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(value ?? "") ?? [];
  if (flag !== "--head" || position === undefined || hash === undefined)
    throw new ConfigError(
      "Give the head as it was printed: npm run audit-verify -- --head 1234:0f3c…",
    );
  return { position: Number(position), hash };
}

runOnTheHost(async () => {
  const known = givenHead(process.argv.slice(2));
  await sealTrail();
  const { verified, unsealed, head, problems } = await verifyTrail(known);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  if (unsealed > 0) process.stdout.write(`${unsealed} events were written meanwhile.\n`);
  if (problems.length > 0) {
    process.stdout.write("The audit trail is not what Latchkey wrote.\n");
    return 1;
  }
  process.stdout.write(`${verified} events verified: nothing was altered, nothing is missing.\n`);
  if (head.position > 0)
    process.stdout.write(
      `Head: ${head.position}:${head.hash}\nKeep this line on another machine and give it next time with --head: it shows whether the end was cut.\n`,
    );
  return 0;
});

import { rotateMasterKey } from "@/lib/services/master-key/rotate-master-key";

import { runOnTheHost } from "./lib/on-the-host";

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

runOnTheHost(async () => {
  const { currentId, previousId, rewrapped, formerIsConfigured } = await rotateMasterKey(say);
  say(`The master key is now ${currentId}; ${rewrapped} values were wrapped anew.`);
  say(
    formerIsConfigured
      ? `Take the former key, ${previousId}, out of LATCHKEY_MASTER_KEY on every server. Backups made until now need it.`
      : `The former key, ${previousId}, was taken out of master.key. Backups made until now need it: keep the copy that belongs to them.`,
  );
  return 0;
});

import { isAppError } from "@/lib/domain/errors";
import { recoverAdministrator } from "@/lib/services/users/recover-administrator";

import { runOnTheHost } from "./lib/on-the-host";

const name = process.argv[2] ?? "admin";

runOnTheHost(
  async () => {
    const { name: found, oneTimePassword } = await recoverAdministrator(name);
    process.stdout.write(`One-time password for ${found}: ${oneTimePassword}\n`);
    return 0;
  },
  (error) => {
    if (!isAppError(error)) return undefined;
    return error.code === "not_found" ? `Nobody here is named ${name}.` : error.message;
  },
);

import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Runs a program in the repository and shows what it writes. Gives its exit code; 1 when it could not run or was killed. */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    child.once("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Runs npm: the one that started this process when there is one, because it need not be on the path. */
export function npm(args, env) {
  const own = process.env.npm_execpath;
  return own?.endsWith(".js") ? run(process.execPath, [own, ...args], env) : run("npm", args, env);
}

/** Shows a sentence, not a stack: for what the person at the terminal can change. */
export class Sentence extends Error {}

export function tellAndExit(error) {
  console.error(error instanceof Sentence ? error.message : error);
  process.exit(1);
}

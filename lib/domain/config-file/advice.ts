/**
 * Shell lines that bring a downloaded key to where the profile looks for it, and shut it and the file of the profile for
 * everybody else: of either the CLI says at each call that others may read it. `touch`, for a file that is yet to come.
 */
export function keyFileCommands(downloadedName: string | undefined, keyFile: string): string {
  const target = shellPath(keyFile);
  const folder = keyFile.includes("/") ? keyFile.slice(0, keyFile.lastIndexOf("/")) : ".";
  const source =
    downloadedName === undefined ? "path/to/private-key.pem" : `~/Downloads/${downloadedName}`;
  return [
    `mkdir -p ${[...new Set([shellPath(folder === "" ? "/" : folder), "~/.oci"])].join(" ")}`,
    `mv ${shellPath(source)} ${target}`,
    "touch ~/.oci/config",
    `chmod go-rwx ${target} ~/.oci/config`,
  ].join("\n");
}

/** A path as the shell reads it back: the home sign stays outside the quotes, or it would not be one. */
export function shellPath(path: string): string {
  if (/^[A-Za-z0-9_./~-]+$/.test(path)) return path;
  if (path.startsWith("~/")) return `~/${quoted(path.slice(2))}`;
  return quoted(path);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The three ways to treat a DEFAULT profile that is already there (decisions.md 17). */
export const existingDefaultAdvice = [
  "Replace it, if the old key is no longer needed.",
  "Rename it, for example to [OLD], and reach it with --profile OLD.",
  "Give this one another name above and leave the old one as it is.",
] as const;

import { isFingerprint } from "../signing/fingerprint";

/** A profile of `~/.oci/config` (identity-api.md 2.2). */
export interface ConfigProfile {
  readonly profile: string;
  readonly user: string;
  readonly fingerprint: string;
  readonly tenancy: string;
  readonly region: string;
  readonly keyFile: string;
}

export const defaultProfile = "DEFAULT";

/** What is wrong with a profile's name; undefined when it can stand between brackets in every client. */
export function profileProblem(name: string): string | undefined {
  if (name === "") return "Give the profile a name; DEFAULT is the one that tools take unasked.";
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name))
    return "Letters, digits, dots, dashes and underscores only, at most 64.";
  return undefined;
}

/** What is wrong with the path of a key file; undefined when it can stand in the file as one value. */
export function keyFileProblem(path: string): string | undefined {
  if (path.trim() === "") return "Say where the private key lies, for example ~/.oci/key.pem.";
  if (path.length > 400) return "This path is longer than 400 characters.";
  if (path !== path.trim()) return "The path begins or ends with a space.";
  if (/\p{Cc}|[\u2028\u2029]/u.test(path)) return "The path must stand on one line.";
  if (/[#;"'`$]/.test(path))
    return "Leave out quotes, $, # and ;: tools read them as something else.";
  return undefined;
}

/**
 * The text of one profile, without comments, ending with a line end. Throws a bug's error on a value that could add a
 * line of its own: check what people typed with the functions above first.
 */
export function configFileText(profile: ConfigProfile): string {
  if (profileProblem(profile.profile) !== undefined) throw new Error("Not a profile name.");
  if (keyFileProblem(profile.keyFile) !== undefined) throw new Error("Not a path of a key file.");
  if (!isFingerprint(profile.fingerprint)) throw new Error("Not a fingerprint.");
  const lines = [
    `[${profile.profile}]`,
    `user=${word(profile.user)}`,
    `fingerprint=${profile.fingerprint}`,
    `tenancy=${word(profile.tenancy)}`,
    `region=${word(profile.region)}`,
    `key_file=${profile.keyFile}`,
  ];
  return `${lines.join("\n")}\n`;
}

function word(value: string): string {
  if (!/^[A-Za-z0-9._:-]+$/.test(value)) throw new Error("Not a value of one word.");
  return value;
}

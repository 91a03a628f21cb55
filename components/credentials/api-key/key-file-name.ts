import { fileNameOf } from "../file-name";

/**
 * What the downloads of a key pair are called; the private one's name also stands in the configuration file. The
 * beginning of the fingerprint tells two keys of one person apart, and is still known when the file is long gone.
 */
export function keyFileNames(
  ownerName: string,
  fingerprint: string,
): { privateKey: string; publicKey: string } {
  const stem = fileNameOf("latchkey", ownerName, fingerprint.replaceAll(":", "").slice(0, 8));
  return { privateKey: `${stem}.pem`, publicKey: `${stem}_public.pem` };
}

/** Where clients look for a key of which nobody knows the file's name. */
export const usualKeyFile = "oci_api_key.pem";

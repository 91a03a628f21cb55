import { fileDate, fileNameOf } from "../file-name";

/** What the downloads of a key pair are called; the private one's name also stands in the configuration file. */
export function keyFileNames(
  ownerName: string,
  madeAt: Date,
): { privateKey: string; publicKey: string } {
  const stem = fileNameOf("latchkey", ownerName, fileDate(madeAt));
  return { privateKey: `${stem}.pem`, publicKey: `${stem}_public.pem` };
}

/** Where clients look for a key of which nobody knows the file's name. */
export const usualKeyFile = "oci_api_key.pem";

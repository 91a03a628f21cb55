import { userNameKey } from "./user-name";

/**
 * How a search finds users: by the beginning of an OCID, by parts of one name, address or database user name, or by how
 * one of these begins.
 */
export type SearchWay = "ocid" | "parts" | "beginning";

/** No name is asked for more. */
export const mostWords = 8;

export function searchWay(search: string): SearchWay {
  const text = userNameKey(search);
  if (text.startsWith("ocid1.")) return "ocid";
  const words = text.split(/\s+/u);
  return words.length <= mostWords && words.some(isFoundInTheMiddle) ? "parts" : "beginning";
}

/**
 * What the index of parts knows in the middle of a word: three characters, where the one before a word counts as two
 * spaces and the one after it as one. For anything else it would read everybody, so that is looked for at the beginning
 * alone. Keys are of ASCII.
 */
const isFoundInTheMiddle = (word: string) => word.length >= shortestPart && known.test(word);

const known = /[a-z0-9]{3}|[a-z0-9]{2}[!-/:-@[-`{-~]|[!-/:-@[-`{-~][a-z0-9]/;
const shortestPart = 3;

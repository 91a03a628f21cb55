import type { RandomSource } from "@/lib/domain/random";

/** The resource types that have an OCID here. Auth tokens, SMTP and the like are all `credential`, as in OCI. */
export const ocidTypes = [
  "tenancy",
  "compartment",
  "user",
  "group",
  "groupmembership",
  "policy",
  "credential",
  "mfatotpdevice",
  "identityprovider",
  "networksource",
  "oauthresource",
  "limitrequest",
] as const;

export type OcidType = (typeof ocidTypes)[number];

/**
 * A new identifier, `ocid1.<type>.<realm>..<unique>`. The region is empty, as for every identity resource; the
 * unique part is eight times `a` and 52 random base32 characters (260 bits).
 */
export function makeOcid(type: OcidType, realm: string, random: RandomSource): string {
  if (!realmPattern.test(realm)) throw new Error(`Not a realm: ${JSON.stringify(realm)}`);
  const unique = Array.from(random(randomCharacters), (byte) => base32.charAt(byte & 31)).join("");
  return `ocid1.${type}.${realm}..${uniqueStart}${unique}`;
}

/** Whether the text is the OCID of an identity resource, of the given type if one is given. */
export function isOcid(text: string, type?: OcidType): boolean {
  const found = ocidPattern.exec(text)?.[1];
  return found !== undefined && (type === undefined ? isOcidType(found) : found === type);
}

function isOcidType(text: string): boolean {
  return ocidTypes.some((type) => type === text);
}

const base32 = "abcdefghijklmnopqrstuvwxyz234567";
const uniqueStart = "aaaaaaaa";
const randomCharacters = 52;
const realmPattern = /^[a-z][a-z0-9]{0,31}$/;
const ocidPattern = /^ocid1\.([a-z0-9]+)\.[a-z][a-z0-9]{0,31}\.\.[a-z2-7]{60}$/;

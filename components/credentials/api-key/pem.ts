/** DER as a PEM block (RFC 7468): lines of 64 characters. */
export function pemOf(label: "PRIVATE KEY" | "PUBLIC KEY", der: Uint8Array): string {
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(""));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** The file that *Download Private Key* saves: clients expect the label line after the footer. */
export function privateKeyFile(pem: string): string {
  return `${pem.trimEnd()}\nOCI_API_KEY\n`;
}

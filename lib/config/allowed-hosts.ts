const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Whether the host of a URL, without its port, is this machine: nothing that is sent there crosses a network. */
export const isLoopback = (hostname: string) =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/**
 * The values of the Host header that the front door answers to: the public address, what LATCHKEY_HOSTS adds, and for
 * a loopback address its other names on the same port.
 */
export function allowedHosts(publicUrl: string, more: string[]): string[] {
  const { host, hostname, port, protocol } = new URL(publicUrl);
  const names = loopbackNames.includes(hostname) ? loopbackNames : [hostname];
  // A client may write the scheme's own port although it need not.
  const standardPort = protocol === "https:" ? "443" : "80";
  const withPort = names.map((name) => `${name}:${port === "" ? standardPort : port}`);
  const withoutPort = port === "" ? names : [];
  return [...new Set([host, ...withoutPort, ...withPort, ...more])];
}

import { fingerprintOf } from "./fingerprint-of";
import { keyBits, type KeyPair } from "./key-pair";
import { pemOf } from "./pem";

/**
 * Makes an RSA key pair in the browser: by WebCrypto where the page has a secure context, else by a worker, so that the
 * page stays alive during the seconds that it takes. Abandoned when the signal is aborted.
 */
export function generateKeyPair(signal: AbortSignal): Promise<KeyPair> {
  // Absent in spite of its type where the page came by plain http from another host.
  return "subtle" in crypto && window.isSecureContext ? byWebCrypto() : byWorker(signal);
}

async function byWebCrypto(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: keyBits,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: "SHA-256",
    },
    true,
    ["sign", "verify"],
  );
  const [privateDer, publicDer] = await Promise.all([
    crypto.subtle.exportKey("pkcs8", pair.privateKey),
    crypto.subtle.exportKey("spki", pair.publicKey),
  ]);
  return {
    privatePem: pemOf("PRIVATE KEY", new Uint8Array(privateDer)),
    publicPem: pemOf("PUBLIC KEY", new Uint8Array(publicDer)),
    fingerprint: await fingerprintOf(new Uint8Array(publicDer)),
  };
}

function byWorker(signal: AbortSignal): Promise<KeyPair> {
  const worker = new Worker(new URL("./key-worker.ts", import.meta.url), { type: "module" });
  const made = new Promise<KeyPair>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<KeyPair>) => resolve(data));
    worker.addEventListener("error", () =>
      reject(new Error("The worker that makes keys did not start.")),
    );
    signal.addEventListener("abort", () => reject(new Error("Abandoned.")));
  });
  return made.finally(() => worker.terminate());
}

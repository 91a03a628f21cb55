import type { Metadata } from "next";

import { BareFrame } from "@/components/shell/bare-frame";
import { currentCaller, requireCaller } from "@/lib/auth/current-caller";
import { notFound } from "@/lib/domain/errors";
import { homePath } from "@/lib/domain/safe-path";

import { whenAvailable } from "../../available-frame";

export const metadata: Metadata = { title: "Not found" };

/** Every address that nothing else answers: inside the console for whoever is signed in, bare for the others. */
export default async function UnknownAddress() {
  const isSignedOut = await currentCaller().then(
    (caller) => caller === undefined,
    () => false,
  );
  return whenAvailable(
    async () => {
      if (!isSignedOut) await requireCaller(homePath);
      throw notFound();
    },
    (block) => (isSignedOut ? <BareFrame>{block}</BareFrame> : block),
  );
}

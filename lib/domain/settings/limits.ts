import { z } from "zod";

import { credentialKinds } from "../credentials/registry";
import { limitBounds } from "../limits/highest";
import { wholeNumber } from "./bounds";

/** How many credentials of a kind somebody may have, by the kind's id. */
export type Limits = Readonly<Record<string, number>>;

const limit = wholeNumber(limitBounds);

/** What holds for everybody who has no limit of their own; the topic "limits" of the settings. */
export const tenancyLimits: z.ZodType<Limits> & z.ZodObject = z.object(
  Object.fromEntries(credentialKinds.map(({ id, maxPerUser }) => [id, limit.default(maxPerUser)])),
);

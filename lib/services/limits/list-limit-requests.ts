import "server-only";
import { z } from "zod";

import {
  countLimitRequests as countWaiting,
  listLimitRequests as selectWaiting,
} from "@/lib/data/limits";
import type { LimitRequestView } from "@/lib/domain/limits/request";
import { may } from "@/lib/domain/policy";
import { mostCounted } from "@/lib/domain/reports/counted";

import { kindNamed } from "../credentials/kind-named";
import { settingsOf } from "../settings/stored";
import { query } from "../use-case";
import { limitForAll } from "./usage";

const mostShown = 50;

/** Requests for higher limits that nobody decided yet, whoever waits longest first; the rest follows as these go. */
export const listLimitRequests = query({
  name: "listLimitRequests",
  input: z.strictObject({}),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ListLimitRequests"),
  run: async (tx) => {
    const waiting = await selectWaiting(tx, mostShown);
    const forAll = await settingsOf(tx, "limits");
    const requests = waiting.map(({ createdAt, own, ...request }): LimitRequestView => ({
      ...request,
      createdAt: createdAt.toISOString(),
      limit: own ?? limitForAll(forAll, kindNamed(request.kind)),
    }));
    return { requests, count: await countWaiting(tx, mostCounted + 1) };
  },
});

/** How many wait; counted up to a bound. */
export const countLimitRequests = query({
  name: "countLimitRequests",
  input: z.strictObject({}),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ListLimitRequests"),
  run: (tx) => countWaiting(tx, mostCounted + 1),
});

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
import { pageFields, pageOf, pageRequest } from "../paged";
import { settingsOf } from "../settings/stored";
import { query } from "../use-case";
import { limitForAll } from "./usage";

/** Requests for higher limits that nobody decided yet, whoever waits longest first, by keyset pages. */
export const listLimitRequests = query({
  name: "listLimitRequests",
  input: z.strictObject(pageFields),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ListLimitRequests"),
  run: async (tx, { caller, input }) => {
    const request = pageRequest(
      { ...input, sortBy: "TIMECREATED", sortOrder: "ASC" },
      { list: "limitRequests" },
      caller,
    );
    const waiting = await selectWaiting(tx, request);
    const forAll = await settingsOf(tx, "limits");
    return pageOf(waiting, request, ({ createdAt, own, groups, ...row }): LimitRequestView => ({
      ...row,
      createdAt: createdAt.toISOString(),
      limit: own ?? limitForAll(forAll, kindNamed(row.kind)),
      mayDecide: may(caller, "UpdateUserLimits", {
        user: { id: row.userId, name: row.userName, groups },
      }).allowed,
    }));
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

import { useRef, useState } from "react";

import { type Asked, doTo, type Halt, type RowResult } from "./bulk-acts";
import type { BulkAct } from "./bulk-labels";
import type { ListedUser } from "./choice";

/** One after the other; what is done stays done when it is stopped, by the person or by what nobody left would pass. */
export function useBulkRun(act: BulkAct) {
  const [results, setResults] = useState<readonly RowResult[]>([]);
  const [isRunning, setIsRunning] = useState(false);
  const [halt, setHalt] = useState<Halt>();
  const isStopped = useRef(false);
  const asked = useRef<Asked>({ reason: "", groupId: "" });
  const put = (result: RowResult) =>
    setResults((before) => before.map((each) => (each.user.id === result.user.id ? result : each)));
  const work = async (users: readonly ListedUser[]) => {
    isStopped.current = false;
    setHalt(undefined);
    setIsRunning(true);
    for (const user of users) {
      if (isStopped.current) break;
      put({ user, state: "running" });
      const result = await doTo(act, user, asked.current);
      if ("halt" in result) {
        put({ user, state: "waiting" });
        setHalt(result.halt);
        break;
      }
      put(result);
    }
    setIsRunning(false);
  };
  return {
    results,
    isRunning,
    halt,
    start: (users: readonly ListedUser[], given: Asked) => {
      asked.current = given;
      setResults(users.map((user) => ({ user, state: "waiting" })));
      return work(users);
    },
    repeat: () => work(results.filter(({ state }) => state !== "done").map(({ user }) => user)),
    stop: () => (isStopped.current = true),
    forget: () => {
      setResults([]);
      setHalt(undefined);
    },
  };
}

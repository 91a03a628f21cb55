import { beginRun, dropDatabasesOfRun } from "./database";

/** System tests start servers of their own; what those made on another PostgreSQL goes with the run. */
export function setup(): () => Promise<void> {
  beginRun();
  return dropDatabasesOfRun;
}

import "server-only";
import { runtime, single } from "@/lib/config/runtime";
import { reading, type Tx } from "@/lib/data/db";
import { readStatements } from "@/lib/data/policies";
import { parseStatement } from "@/lib/domain/policies/parse";
import { PolicySet } from "@/lib/domain/policies/policy-set";

interface InForce {
  readonly version: number;
  readonly set: PolicySet;
}

/** What this process has read of the policies. The version comes with whoever asks, so it is never out of date. */
const cache = () => single("policies", (): { known?: InForce } => ({}));

/**
 * The policies at the version that a request's caller was read with; a promise only where they have to be read. In a
 * transaction they are read by it, and kept for nobody: it may yet be undone.
 */
export function policiesAt(version: number, tx?: Tx): PolicySet | Promise<PolicySet> {
  const { known } = cache();
  if (known?.version === version) return known.set;
  return (tx ? readPolicies(tx) : reading(readPolicies).then(keep)).then(({ set }) => set);
}

function keep(inForce: InForce): InForce {
  cache().known = inForce;
  return inForce;
}

async function readPolicies(db: Tx): Promise<InForce> {
  const found = await readStatements(db, runtime().tenancy.id);
  const statements = found.policies.flatMap(({ name, statements }) =>
    statements.map((text) => parsed(text, name)),
  );
  return { version: found.version, set: new PolicySet(statements) };
}

/** What is stored was parsed when it was written: anything else means that the database was changed by hand. */
function parsed(text: string, policy: string) {
  const result = parseStatement(text);
  if (result.ok) return result.value;
  throw new Error(`The policy “${policy}” holds a statement that cannot be read: ${text}`);
}

import { rowsOf } from "./database";
import { type Ledger, type Outcome, type Step, steps, type Story } from "./ledger";

export interface Verdict {
  /** Acknowledged and not there. */
  missing: number;
  /** An effect without its audit event, or the reverse. */
  half: number;
  /** One request, two effects or two events. */
  doubled: number;
  /** There although nobody asked, or although it was refused. */
  extra: number;
  /** Refused although nothing was wrong with it. */
  refused: number;
}

interface Found {
  readonly name: string;
  readonly users: number;
  readonly tokens: number;
  readonly token_id: string | null;
  readonly updated: number;
  readonly ended: number;
  readonly create_user: number;
  readonly create_token: number;
  readonly update_token: number;
  readonly delete_token: number;
}

/** Compares what clients were told with the rows and the audit trail, story by story and in both directions. */
export async function checkLedger(dataDir: string, ledger: Ledger): Promise<Verdict> {
  const verdict: Verdict = { missing: 0, half: 0, doubled: 0, extra: 0, refused: 0 };
  const found = new Map(
    (await rowsOf<Found & object>(dataDir, statement)).map((row) => [row.name, row]),
  );
  const stories = ledger.stories();
  for (const [name, story] of stories) judge(verdict, story, found.get(name));
  for (const name of found.keys()) if (!stories.has(name)) verdict.extra += 1;
  return verdict;
}

function judge(verdict: Verdict, story: Story, row: Found | undefined): void {
  for (const step of steps) {
    const told = story.get(step);
    const { effects, events } = counted(row, step);
    if (told?.outcome === "refused") verdict.refused += 1;
    if (effects > 1 || events > 1) verdict.doubled += 1;
    if (effects !== events) verdict.half += 1;
    if (told?.outcome === "done" && effects === 0) verdict.missing += 1;
    if (isUncalledFor(told?.outcome) && effects > 0) verdict.extra += 1;
    if (step === "createToken" && told?.id !== undefined && row?.token_id !== told.id)
      verdict.missing += 1;
  }
}

const isUncalledFor = (outcome: Outcome | undefined) =>
  outcome === undefined || outcome === "refused";

function counted(row: Found | undefined, step: Step): { effects: number; events: number } {
  if (row === undefined) return { effects: 0, events: 0 };
  const columns = {
    createUser: [row.users, row.create_user],
    createToken: [row.tokens, row.create_token],
    updateToken: [row.updated, row.update_token],
    deleteToken: [row.ended, row.delete_token],
  } as const;
  const [effects, events] = columns[step];
  return { effects, events };
}

/** A full join: an event whose user is nowhere is a half, too. */
const statement = `
  with happened as (
    select owner_name as name,
      count(*) filter (where action = 'createUser')::int as create_user,
      count(*) filter (where action = 'issueCredential')::int as create_token,
      count(*) filter (where action = 'updateCredential')::int as update_token,
      count(*) filter (where action = 'revokeCredential')::int as delete_token
    from audit_events where outcome = 'done' and owner_name like 'story-%' group by owner_name
  ), there as (
    select u.name, count(distinct u.id)::int as users, count(c.id)::int as tokens, min(c.id) as token_id,
      count(*) filter (where c.details->>'description' = 'second')::int as updated,
      count(*) filter (where c.ended_at is not null)::int as ended
    from users u left join credentials c on c.owner_id = u.id
    where u.name like 'story-%' group by u.name
  )
  select coalesce(t.name, h.name) as name, coalesce(users, 0) as users, coalesce(tokens, 0) as tokens, token_id,
    coalesce(updated, 0) as updated, coalesce(ended, 0) as ended, coalesce(create_user, 0) as create_user,
    coalesce(create_token, 0) as create_token, coalesce(update_token, 0) as update_token,
    coalesce(delete_token, 0) as delete_token
  from there t full join happened h on h.name = t.name`;

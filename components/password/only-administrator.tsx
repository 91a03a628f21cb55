import type { ActionProblem } from "@/lib/actions/result";

/** Below a form that lets nobody in: what helps where no other try does, and only there. */
export function AfterRefusal({ error }: { error: ActionProblem | undefined }) {
  if (error?.code !== "sign_in_refused") return null;
  return (
    <p className="text-small text-ink-soft">
      <OnlyAdministrator />
    </p>
  );
}

/** The way back for whom no other administrator can help. The same for every name: it is about none. */
export function OnlyAdministrator() {
  return (
    <>
      The only administrator is let in again by whoever runs this server, with{" "}
      <code className="font-mono text-[0.9em] whitespace-nowrap">npm run recover-admin</code>.
    </>
  );
}

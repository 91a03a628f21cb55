/** The way back for whom no other administrator can help. The same for every name: it is about none. */
export function OnlyAdministrator() {
  return (
    <>
      The only administrator is let in again by whoever runs this server, with{" "}
      <code className="font-mono text-[0.9em] whitespace-nowrap">npm run recover-admin</code>.
    </>
  );
}

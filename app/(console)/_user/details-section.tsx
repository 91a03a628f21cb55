import Link from "next/link";
import { Fragment } from "react";

import { SectionHeader } from "@/components/shell/page-header";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import { ResendConfirmation } from "@/components/users/resend-confirmation";
import type { Caller } from "@/lib/domain/caller";
import type { MembershipView } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";
import { tagLines } from "@/lib/domain/tag-lines";
import { capabilityLabels, type Capabilities } from "@/lib/domain/users/capabilities";
import type { UserView } from "@/lib/domain/users/present";
import { listMemberships } from "@/lib/services/groups/list-memberships";
import { getManagedUser } from "@/lib/services/users/get-managed-user";

import { mayOpenGroup } from "./open-group";

const kinds = {
  local: "Local: signs in with a password of Latchkey",
  federated: "Federated: signs in at an identity provider",
  service: "Service: has keys and no password",
} satisfies Record<UserView["kind"], string>;

/** The facts about a user. */
export async function detailsSection(caller: Caller, user: UserView) {
  const memberships = await membershipsOf(caller, user);
  const mayResend = await mayResendTo(caller, user);
  return (
    <section aria-labelledby="section-title">
      <SectionHeader id="section-title" title="Details" />
      <KeyValues
        items={[
          { label: "Name", value: user.name },
          {
            label: "OCID",
            value: <PublicPart value={user.id} copyLabel="Copy OCID" head={24} tail={8} />,
          },
          { label: "Description", value: user.description || <Missing>No description</Missing> },
          { label: "E-mail", value: emailWords(user, mayResend) },
          { label: "Kind", value: kinds[user.kind] },
          ...answerable(caller, user),
          ...databaseName(user),
          { label: "Tags", value: <Tags user={user} /> },
          { label: "Created", value: <RelativeTime instant={user.createdAt} /> },
          { label: "Capabilities", value: <CapabilityList capabilities={user.capabilities} /> },
          ...(memberships === undefined
            ? []
            : [
                {
                  label: "Groups",
                  value: groupWords(caller, memberships),
                },
              ]),
          {
            label: "Tenancy OCID",
            value: (
              <PublicPart value={user.tenancyId} copyLabel="Copy tenancy OCID" head={24} tail={8} />
            ),
          },
        ]}
      />
    </section>
  );
}

/** Undefined for whoever may see the user and not the groups. */
async function membershipsOf(caller: Caller, user: UserView) {
  if (!may(caller, "ListUserGroupMemberships", { user }).allowed) return undefined;
  return (await listMemberships(caller, { userId: user.id, limit: 100 })).items;
}

/** Whether there is something to confirm, and the caller may have the link sent again. */
async function mayResendTo(caller: Caller, { id, email, emailVerified }: UserView) {
  if (email === null || emailVerified) return false;
  if (caller.userId === id) return true;
  const { mayDo } = await getManagedUser(caller, { userId: id });
  return mayDo.includes("ResendEmailConfirmation");
}

function groupWords(caller: Caller, memberships: readonly MembershipView[]) {
  if (memberships.length === 0) return <Missing>In no group</Missing>;
  return memberships.map((membership, place) => (
    <Fragment key={membership.id}>
      {place > 0 && ", "}
      {mayOpenGroup(caller, membership) ? (
        <NameLink name={membership.groupName} href={`/identity/groups/${membership.groupId}`} />
      ) : (
        membership.groupName
      )}
    </Fragment>
  ));
}

function NameLink({ name, href }: { name: string; href: string }) {
  return (
    <Link href={href} className="link rounded-mark wrap-anywhere">
      {name}
    </Link>
  );
}

function emailWords({ id, kind, email, emailVerified, provenEmail }: UserView, mayResend: boolean) {
  if (email === null && kind !== "local") return <Missing>None</Missing>;
  if (email === null)
    return (
      <Missing>
        None: only an administrator can help with a forgotten password. Whoever runs the server
        helps the only one, with npm run recover-admin.
      </Missing>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className="break-all">{email}</span>
      {!emailVerified && (
        <>
          <Badge>Not confirmed</Badge>
          {mayResend && <ResendConfirmation userId={id} />}
        </>
      )}
      {provenEmail !== null && (
        <span className="basis-full text-small text-ink-soft">
          Until it is confirmed, mail goes to <span className="break-all">{provenEmail}</span>.
        </span>
      )}
    </span>
  );
}

function answerable(caller: Caller, { kind, ownerOfRecord, deputy }: UserView): KeyValue[] {
  if (kind !== "service") return [];
  const linked = (user: { id: string; name: string }) =>
    may(caller, "GetUser", { user }).allowed ? (
      <NameLink name={user.name} href={`/identity/users/${user.id}/details`} />
    ) : (
      user.name
    );
  return [
    {
      label: "Owner",
      value: ownerOfRecord ? (
        linked(ownerOfRecord)
      ) : (
        <Missing>None: nobody answers for this service user</Missing>
      ),
    },
    { label: "Deputy", value: deputy ? linked(deputy) : <Missing>None</Missing> },
  ];
}

function databaseName({ dbUserName }: UserView): KeyValue[] {
  return dbUserName === null ? [] : [{ label: "Database user name", value: dbUserName }];
}

function CapabilityList({ capabilities }: { capabilities: Capabilities }) {
  const all = Object.entries(capabilityLabels).map(([name, label]) => ({
    label,
    isOn: Reflect.get(capabilities, name) === true,
  }));
  const off = all.filter(({ isOn }) => !isOn);
  return (
    <>
      <span className="block">
        {all
          .filter(({ isOn }) => isOn)
          .map(({ label }) => label)
          .join(", ") || "None"}
      </span>
      {off.length > 0 && (
        <span className="block text-ink-soft">Off: {off.map(({ label }) => label).join(", ")}</span>
      )}
    </>
  );
}

function Tags({ user: { freeformTags, definedTags } }: { user: UserView }) {
  const lines = tagLines(freeformTags, definedTags);
  if (lines.length === 0) return <Missing>None</Missing>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {lines.map(({ namespace, key, value }) => (
        <li
          key={`${namespace} ${key}`}
          className="rounded-mark border border-line bg-sunken px-1.5 text-small break-all"
        >
          <span className="text-ink-soft">
            {namespace !== "" && `${namespace}.`}
            {key}
          </span>
          {`: ${String(value)}`}
        </li>
      ))}
    </ul>
  );
}

function Missing({ children }: { children: string }) {
  return <span className="text-ink-faint">{children}</span>;
}

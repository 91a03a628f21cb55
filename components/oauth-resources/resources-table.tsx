"use client";

import { lazy, Suspense } from "react";

import { DataTable } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import type { Column } from "@/components/table/table-parts";
import { useFocusAfterRemoval } from "@/components/table/use-focus-after-removal";
import { EmptyState } from "@/components/ui/empty-state";
import type { MenuEntry } from "@/components/ui/menu-entry";
import { PublicPart } from "@/components/ui/public-part";
import { useShown } from "@/components/ui/use-shown";
import type { GrantedGroup, ResourceView } from "@/lib/domain/oauth/resource";

import { RegisterButton } from "./register-button";

const EditDialog = lazy(async () => ({
  default: (await import("./resource-dialog")).ResourceDialog,
}));
const GrantDialog = lazy(async () => ({ default: (await import("./grant-dialog")).GrantDialog }));
const DeleteDialog = lazy(async () => ({
  default: (await import("./delete-resource-dialog")).DeleteResourceDialog,
}));

type ResourcesTableProps = {
  resources: readonly ResourceView[];
  /** To grant scopes to; none for who may not see any. */
  groups: readonly GrantedGroup[];
  mayChange: boolean;
};

type Act = "grant" | "edit" | "delete";
type Asked = { act: Act; resource: ResourceView };

export function ResourcesTable({ resources, groups, mayChange }: ResourcesTableProps) {
  const { shown: asked, isOpen, show, close } = useShown<Asked>();
  const region = useFocusAfterRemoval(resources.length);
  const ask = (act: Act, resource: ResourceView) => show({ act, resource });
  const dialog = { isOpen, onClose: close };
  return (
    <div ref={region} tabIndex={-1} data-focus-target="">
      <DataTable
        label="OAuth resources"
        columns={columns}
        rows={resources}
        rowKey={({ id }) => id}
        actions={mayChange ? menuFor(ask, groups.length > 0) : undefined}
        empty={<Nothing mayChange={mayChange} />}
      />
      {asked !== null && (
        <Suspense fallback={null}>
          {asked.act === "grant" && (
            <GrantDialog
              key={asked.resource.id}
              resource={asked.resource}
              groups={groups}
              {...dialog}
            />
          )}
          {asked.act === "edit" && (
            <EditDialog key={asked.resource.id} resource={asked.resource} {...dialog} />
          )}
          {asked.act === "delete" && (
            <DeleteDialog key={asked.resource.id} resource={asked.resource} {...dialog} />
          )}
        </Suspense>
      )}
    </div>
  );
}

type Ask = (act: Act, resource: ResourceView) => void;

function Nothing({ mayChange }: { mayChange: boolean }) {
  if (!mayChange) return <EmptyState>Nothing is registered.</EmptyState>;
  return (
    <EmptyState action={<RegisterButton />}>
      Nothing is registered. Register the services that accept access tokens from here, then grant
      their scopes to groups.
    </EmptyState>
  );
}

function menuFor(ask: Ask, canGrant: boolean) {
  return (resource: ResourceView) => <RowActions entries={entriesOf(resource, ask, canGrant)} />;
}

function entriesOf(resource: ResourceView, ask: Ask, canGrant: boolean): MenuEntry[] {
  const granting: MenuEntry = {
    kind: "action",
    label: "Grant scopes",
    onSelect: () => ask("grant", resource),
  };
  return [
    ...(canGrant ? [granting] : []),
    { kind: "action", label: "Edit", onSelect: () => ask("edit", resource) },
    { kind: "action", label: "Delete", tone: "danger", onSelect: () => ask("delete", resource) },
  ];
}

const columns: readonly Column<ResourceView>[] = [
  {
    id: "name",
    header: "Name",
    place: "name",
    cell: ({ name }) => <span className="wrap-anywhere">{name}</span>,
  },
  {
    id: "audience",
    header: "Audience",
    cell: ({ audience }) => (
      <PublicPart value={audience} copyLabel="Copy audience" head={22} tail={14} />
    ),
  },
  { id: "scopes", header: "Scopes", cell: ({ scopes }) => <Scopes scopes={scopes} /> },
];

/** Each scope with the groups that have it. */
function Scopes({ scopes }: Pick<ResourceView, "scopes">) {
  return (
    <ul className="flex flex-col gap-1.5">
      {scopes.map(({ name, groups }) => (
        <li key={name}>
          <code className="wrap-anywhere text-ink">{name}</code>
          <span className="block text-ink-soft">
            {groups.length === 0 ? (
              <span className="text-ink-faint">granted to nobody</span>
            ) : (
              groups.map((group) => group.name).join(", ")
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

"use client";

import { lazy, Suspense } from "react";

import { DataTable } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import type { Column } from "@/components/table/table-parts";
import { Button } from "@/components/ui/button";
import { preloadDialog } from "@/components/ui/dialog";
import { PublicPart } from "@/components/ui/public-part";
import { Badge } from "@/components/ui/status";
import { useShown } from "@/components/ui/use-shown";
import { databaseUserNameOf } from "@/lib/domain/users/database-user-name";

import type { Owner } from "../context";
import type { OwnerPanelProps } from "../kind-props";

const UserNameDialog = lazy(() => import("./user-name-dialog"));
const DeleteUserNameDialog = lazy(() => import("./delete-user-name-dialog"));

type DialogName = "naming" | "deleting";
type DatabaseUser = { name: string; description: string; isAlternate: boolean };

/** Under which names the owner signs in to databases: the user name, and an alternate one if there is one. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DatabaseUserNamePanel({ owner }: OwnerPanelProps) {
  // With the owner as the dialog found them: another's change may arrive while it is open.
  const { shown, isOpen, show: showOf, close } = useShown<{ dialog: DialogName; owner: Owner }>();
  const show = (dialog: DialogName) => showOf({ dialog, owner });
  const own = databaseUserNameOf({ name: owner.name, dbUserName: null });
  const rows: DatabaseUser[] = [
    ...(own === undefined ? [] : [{ name: own, description: "", isAlternate: false }]),
    ...(owner.dbUserName === null
      ? []
      : [{ name: owner.dbUserName, description: owner.dbUserDescription, isAlternate: true }]),
  ];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">Database user names</h3>
        {owner.canNameDatabaseUser && owner.dbUserName === null && (
          <Button
            onPointerEnter={preloadDialog}
            onFocus={preloadDialog}
            onClick={() => show("naming")}
          >
            Create Database User Name
          </Button>
        )}
      </div>
      <DataTable
        label="Database user names"
        columns={columns}
        rows={rows}
        rowKey={({ isAlternate }) => (isAlternate ? "alternate" : "user name")}
        {...(owner.canNameDatabaseUser && { actions: alternateMenu(show) })}
        empty={
          <p className="text-small text-ink-soft">
            The user name is too long for a database: a database user name is needed first.
          </p>
        }
      />
      <Suspense fallback={null}>
        {shown?.dialog === "naming" && (
          <UserNameDialog owner={shown.owner} isOpen={isOpen} onClose={close} />
        )}
        {shown?.dialog === "deleting" && (
          <DeleteUserNameDialog owner={shown.owner} isOpen={isOpen} onClose={close} />
        )}
      </Suspense>
    </div>
  );
}

/** The user name itself cannot be changed. */
function alternateMenu(show: (dialog: DialogName) => void) {
  return ({ isAlternate }: DatabaseUser) =>
    isAlternate && (
      <RowActions
        entries={[
          { kind: "action", label: "Edit", onSelect: () => show("naming") },
          { kind: "action", label: "Delete", tone: "danger", onSelect: () => show("deleting") },
        ]}
      />
    );
}

const columns: readonly Column<DatabaseUser>[] = [
  {
    id: "name",
    header: "Name",
    place: "name",
    cell: ({ name }) => (
      <PublicPart value={name} copyLabel="Copy database user name" head={40} tail={10} />
    ),
  },
  {
    id: "description",
    header: "Description",
    cell: ({ description }) =>
      description === "" ? (
        <span className="text-ink-faint">None</span>
      ) : (
        <span className="break-words">{description}</span>
      ),
  },
  {
    id: "kind",
    header: "Kind",
    place: "state",
    cell: ({ isAlternate }) => <Badge>{isAlternate ? "Alternate" : "User name"}</Badge>,
  },
];

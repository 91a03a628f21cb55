"use client";

import { lazy } from "react";

import { CreateButton } from "@/components/ui/create-button";

const loadDialog = () => import("./resource-dialog");
const ResourceDialog = lazy(async () => ({ default: (await loadDialog()).ResourceDialog }));

export function RegisterButton() {
  return (
    <CreateButton label="Register resource" preload={loadDialog}>
      {(dialog) => <ResourceDialog resource={undefined} {...dialog} />}
    </CreateButton>
  );
}

import { redirect } from "next/navigation";

import { requireCaller } from "@/lib/auth/current-caller";

export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  const { userId } = await params;
  const path = `/identity/users/${userId}/details`;
  await requireCaller(path);
  redirect(path);
}

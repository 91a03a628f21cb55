import { redirect } from "next/navigation";

import { homePath } from "@/lib/domain/safe-path";

export default function ProfilePage(): never {
  redirect(homePath);
}

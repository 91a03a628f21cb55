import { KeyValues } from "@/components/ui/key-values";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";

import { SettingsSection } from "./settings-section";

type MasterKey = {
  readonly id: string;
  readonly since: string;
  readonly rotatedAt: string | null;
  readonly rotation: { readonly formerId: string; readonly left: number } | null;
  readonly servers: readonly { readonly name: string; readonly knowsIt: boolean }[];
};

/** Which master key is in force. It is rotated on the host, where its file is. */
export function MasterKeySection({ id, since, rotatedAt, rotation, servers }: MasterKey) {
  return (
    <SettingsSection
      id="master-key"
      title="Master key"
      purpose={
        <>
          Seals every secret that has to be readable again, and signs sessions. To replace it, run{" "}
          <code>npm run rotate-master-key</code> on the host while the servers run.
        </>
      }
    >
      <KeyValues
        items={[
          { label: "Key", value: <PublicPart value={id} copyLabel="Copy the key’s public name" /> },
          { label: "In force since", value: <RelativeTime instant={since} /> },
          {
            label: "Last replaced",
            value: rotatedAt === null ? "Never" : <RelativeTime instant={rotatedAt} />,
          },
          ...(rotation === null
            ? []
            : [
                {
                  label: "Being replaced",
                  value: (
                    <Status tone="warn">
                      {rotation.left} sealed {rotation.left === 1 ? "value needs" : "values need"}{" "}
                      the former key
                    </Status>
                  ),
                },
              ]),
          {
            label: "Servers",
            value: (
              <ul className="flex flex-col gap-1">
                {servers.map(({ name, knowsIt }) => (
                  <li key={name} className="flex flex-wrap items-center gap-x-3">
                    <span className="break-all">{name}</span>
                    <Status tone={knowsIt ? "good" : "danger"}>
                      {knowsIt ? "Has the key" : "Lacks the key"}
                    </Status>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </SettingsSection>
  );
}

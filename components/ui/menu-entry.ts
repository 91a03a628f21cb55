export type MenuEntry =
  | {
      kind: "action";
      label: string;
      onSelect: () => void;
      tone?: "danger" | undefined;
      disabledReason?: string | undefined;
    }
  | { kind: "link"; label: string; href: string }
  | { kind: "choice"; label: string; isChosen: boolean; onSelect: () => void }
  | { kind: "separator"; id: string };

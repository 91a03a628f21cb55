import { Download } from "lucide-react";

import { buttonStyle } from "@/components/ui/button-style";

const formats = [
  { format: "csv", label: "Export CSV" },
  { format: "jsonl", label: "Export JSON lines" },
] as const;

/** The whole list as a file, in either form. */
export function ExportLinks({ hrefOf }: { hrefOf: (format: "csv" | "jsonl") => string }) {
  return formats.map(({ format, label }) => (
    <a key={format} href={hrefOf(format)} download className={buttonStyle()}>
      <Download aria-hidden="true" className="size-3.5" />
      {label}
    </a>
  ));
}

"use client";

import { useEffect, useRef } from "react";

import { PrintSheet } from "@/components/ui/print-sheet";
import { useMinute } from "@/lib/client/minute";
import { groupsWithCheck, spokenForm } from "@/lib/domain/secret-format";

import { momentWords } from "./expiry-choice";
import { capitalised, type SecretExtra } from "./reveal-text";

export type RevealPrintProps = {
  secretNoun: string;
  secret: string;
  extras?: readonly SecretExtra[] | undefined;
  purpose: string;
  ownerName: string;
  onPrinted: () => void;
};

/** The paper: what it is for, whose, since when, the groups with their check characters, and how to read it aloud. */
export function RevealPrint(props: RevealPrintProps) {
  const { secretNoun, secret, extras = [], purpose, ownerName, onPrinted } = props;
  const printedAt = useMinute();
  usePrinting(onPrinted);
  return (
    <PrintSheet>
      <h1 style={{ fontSize: "16pt", fontWeight: 600, overflowWrap: "anywhere" }}>{purpose}</h1>
      <p>
        {capitalised(secretNoun)} of {ownerName}. Made on {momentWords(new Date(printedAt))}.
      </p>
      {extras.map(({ label, value }) => (
        <p key={label}>
          {label}: <code style={{ wordBreak: "break-all" }}>{value}</code>
        </p>
      ))}
      <table style={{ margin: "8mm 0", borderCollapse: "collapse" }}>
        <thead>
          <tr>
            <th scope="col" style={cellStyle}>
              Group
            </th>
            <th scope="col" style={cellStyle}>
              Characters
            </th>
            <th scope="col" style={cellStyle}>
              Check
            </th>
            <th scope="col" style={cellStyle}>
              Spoken
            </th>
          </tr>
        </thead>
        <tbody>
          {secret
            .split("\n")
            .flatMap(groupsWithCheck)
            .map(({ characters, check }, index) => (
              <tr key={index}>
                <td style={cellStyle}>{index + 1}</td>
                <td style={cellStyle}>
                  <code>{characters}</code>
                </td>
                <td style={cellStyle}>
                  <code>{check}</code>
                </td>
                <td style={cellStyle}>{spokenForm(characters).join(", ")}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p>Type the characters without spaces and without the check characters.</p>
    </PrintSheet>
  );
}

const cellStyle = { border: "0.3mm solid #999", padding: "1mm 3mm", textAlign: "left" } as const;

/** Prints once the sheet stands in the page, and tells when the print dialog is gone. */
function usePrinting(onPrinted: () => void) {
  const done = useRef(onPrinted);
  useEffect(() => {
    done.current = onPrinted;
  });
  useEffect(() => {
    const finish = () => done.current();
    window.addEventListener("afterprint", finish, { once: true });
    const timer = setTimeout(() => window.print());
    return () => {
      clearTimeout(timer);
      window.removeEventListener("afterprint", finish);
    };
  }, []);
}

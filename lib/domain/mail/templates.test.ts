import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { asHtml, asText, code, facts, link, oneLine, paragraph } from "./letter";
import { recipientOf } from "./recipient";
import { type MailContent, mailTemplateNames, writeMail } from "./templates";

const context = { consoleUrl: "https://latchkey.example/" };
const at = "2026-03-01T14:05:59.123Z";
const samples = {
  password_changed: {
    template: "password_changed",
    values: { userName: "maria", changedAt: at, address: "192.0.2.1", client: "Firefox" },
  },
  second_factor_changed: {
    template: "second_factor_changed",
    values: { userName: "maria", isOn: true, at, address: "192.0.2.7", client: "Firefox" },
  },
  user_blocked: { template: "user_blocked", values: { userName: "maria", blockedAt: at } },
  credential_expiring: {
    template: "credential_expiring",
    values: {
      userName: "maria",
      kind: "auth token",
      credentialName: "swift backup",
      credentialId: "ocid1.credential.local..a",
      publicId: "ocid1.credential.local..a",
      expiresAt: "2026-03-08T14:05:59.123Z",
      canRotate: true,
      lastUsedAt: null,
      lastUsedAddress: null,
      path: "/profile/auth-tokens",
    },
  },
  credential_reported: {
    template: "credential_reported",
    values: {
      userName: "maria",
      kind: "auth token",
      credentialName: "swift backup",
      endedAt: at,
      lastUsedAt: at,
      lastUsedAddress: "192.0.2.1",
      path: "/profile/auth-tokens",
    },
  },
  limit_decided: {
    template: "limit_decided",
    values: {
      userName: "maria",
      kind: "auth tokens",
      isGranted: true,
      limit: 4,
      answer: "For the new cluster <only>",
      path: "/profile/auth-tokens",
    },
  },
  done_on_behalf: {
    template: "done_on_behalf",
    values: {
      userName: "maria",
      what: "Disabled auth token “swift backup”",
      byName: "bob",
      byApi: false,
      at,
      reason: "Ticket 7: <b>lost</b> laptop & phone",
    },
  },
  email_confirmation: {
    template: "email_confirmation",
    values: { userName: "maria", tenancyName: "latchkey" },
    secretValues: { token: "a-token-of-43-characters" },
  },
  email_changed: {
    template: "email_changed",
    values: { userName: "maria", newEmail: "maria@elsewhere.example", isInForce: false },
  },
  invitation: {
    template: "invitation",
    values: { userName: "maria", byName: "bob", tenancyName: "acme" },
    secretValues: { token: "Zm9v-_bar" },
  },
  temporary_password: {
    template: "temporary_password",
    values: { userName: "maria", requestedFrom: "192.0.2.1" },
    secretValues: { temporaryPassword: "Abcd-<f&h-jkmn-pqrt9" },
  },
} satisfies { [Name in MailContent["template"]]: MailContent };

const written = (mail: MailContent) =>
  writeMail({ ...mail, secretValues: mail.secretValues ?? {} }, context);

describe("every template", () => {
  it.each(mailTemplateNames)("%s says the same in text and in html", (name) => {
    const { subject, text, html } = written(samples[name]);
    expect(subject).toContain("maria");
    expect(readable(html.slice(html.indexOf("<body>")))).toBe(readable(text));
    expect(text.split("\n").every((each) => each.length < 400)).toBe(true);
  });

  it.each(mailTemplateNames)("%s refuses values of another mail", (name) => {
    expect(() => writeMail({ template: name, values: {}, secretValues: {} }, context)).toThrow();
  });

  it.each(mailTemplateNames)("%s points nowhere but to the console", (name) => {
    const { text, html } = written(samples[name]);
    for (const [url] of `${text}${html}`.matchAll(/\w+:\/\/[^\s"<]+/g)) {
      expect(url.startsWith(context.consoleUrl)).toBe(true);
    }
  });
});

describe("what the mails say", () => {
  it("a changed password: when, from where and what to do", () => {
    const { text } = written(samples.password_changed);
    for (const part of ["2026-03-01 14:05 UTC", "192.0.2.1", "Firefox", "administrator"])
      expect(text).toContain(part);
  });

  it("an act on a service user: whose news it is, where to look, and that it is the last here", () => {
    const about = samples.done_on_behalf;
    const own = written(about).text;
    expect(own).toContain("your credentials");
    expect(own).toContain("https://latchkey.example/profile/activity");
    expect(own).not.toContain("any more");
    const gone = written({ ...about, values: { ...about.values, isGone: true } }).text;
    expect(gone).toContain("nothing to do");
    expect(gone).not.toMatch(/activity/i);
    const { text } = written({
      ...about,
      values: {
        ...about.values,
        userName: "robot",
        isService: true,
        isLastHere: true,
        activityPath: "/identity/users/ocid1.user.x/activity",
      },
    });
    for (const part of [
      "Service user: robot",
      "you answer for it",
      "https://latchkey.example/identity/users/ocid1.user.x/activity",
      "From now on news about robot do not come to this address any more.",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("your");
  });

  it("a temporary password: the password, for how long, and that the old one goes on working", () => {
    const { text, subject } = written(samples.temporary_password);
    for (const part of [
      "Abcd-<f&h-jkmn-pqrt9",
      "24 hours",
      "once",
      "old password goes on",
      "https://latchkey.example/sign-in",
    ])
      expect(text.replaceAll("\n", " ")).toContain(part);
    expect(subject).not.toContain("Abcd");
  });

  it("a blocked user: ask an administrator", () => {
    const { text } = written(samples.user_blocked);
    expect(text).toContain("10 times in a row");
    expect(text).toContain("Only an administrator can unblock");
  });
});

describe("values from outside", () => {
  it("stay one line and cannot become markup, whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (client) => {
        const mail = written({
          ...samples.password_changed,
          values: { ...samples.password_changed.values, userName: client, client },
        });
        expect(mail.subject).not.toMatch(
          /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
        );
        expect(mail.text.split("\n").length).toBe(
          written(samples.password_changed).text.split("\n").length,
        );
        expect([
          ...mail.html.matchAll(/<(?!\/?(?:html|head|meta|title|body|p|br|b|a|pre|!doctype)\b)/g),
        ]).toEqual([]);
        expect(mail.html.match(/<(?:p|a|b)\b/g)?.length).toBe(
          written(samples.password_changed).html.match(/<(?:p|a|b)\b/g)?.length,
        );
      }),
      { numRuns: 500 },
    );
  });

  it("are cut where they are longer than a line", () => {
    expect(oneLine("x".repeat(1_000))).toHaveLength(200);
    expect(oneLine(" a\r\nBcc: b\u2028c ")).toBe("a Bcc: b c");
  });

  it("quotes cannot leave an attribute", () => {
    const letter = {
      subject: "</title><b>",
      parts: [
        link("here", 'https://x/"onclick="y'),
        code("a", "<b>"),
        paragraph("&"),
        facts({ k: "'" }),
      ],
    };
    expect(asHtml(letter)).not.toContain('"onclick');
    expect(asHtml(letter)).toContain("<title>&lt;/title&gt;&lt;b&gt;</title>");
    expect(asText(letter)).toContain('https://x/"onclick="y');
  });
});

describe("a recipient", () => {
  it.each(["maria@example.com", "a+b.c@sub.example.com", "root@localhost"])(
    "%s is one",
    (address) => {
      expect(recipientOf(address)).toBe(address);
    },
  );

  it.each([
    "",
    "maria",
    "a@b@c",
    "a@example.com,b@example.com",
    "a@example.com\uFF0Cb@example.com",
    "a@example.com b@example.com",
    "a@example.com\r\nRCPT TO:<b@example.com>",
    "a\u0000@example.com",
    "<a@example.com>",
    "Maria <a@example.com>",
    '"a b"@example.com',
    "a@[127.0.0.1]",
    " a@example.com",
    "a@example.com\n",
    `${"a".repeat(250)}@example.com`,
  ])("%j is none", (address) => {
    expect(recipientOf(address)).toBeUndefined();
  });
});

function readable(source: string): string {
  const isHtml = source.startsWith("<");
  const text = isHtml ? source.replaceAll(/<[^>]*>/g, " ") : source;
  const decoded = isHtml
    ? text
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&")
    : text;
  return decoded.replaceAll(/\s+/g, " ").replaceAll(" :", ":").trim();
}

import type { Browser, BrowserContext, Response } from "@playwright/test";

/** A status of 400 or above, and what the address holds that gives it. */
interface Purpose {
  readonly status: number;
  readonly at: string | RegExp;
}

/**
 * What pages said or got that they must not: errors on the console, uncaught errors, reports of the content policy,
 * refused and missing resources. Hears every context that is opened while it listens, whoever opens it.
 */
export class Complaints {
  private readonly said: string[] = [];
  private readonly answers: Response[] = [];
  private readonly purposes: Purpose[] = [];
  private isLossMeant = false;

  /** Answers a way to stop. */
  listenTo(browser: Browser): () => void {
    const listen = (context: BrowserContext) => this.listenIn(context);
    browser.on("context", listen);
    return () => browser.off("context", listen);
  }

  /** The test asks on purpose for what is refused or missing. */
  expect(status: number, at: string | RegExp): void {
    this.purposes.push({ status, at });
  }

  /** The test cuts requests off on their way. */
  expectLoss(): void {
    this.isLossMeant = true;
  }

  all(): string[] {
    const refused = this.answers
      .filter((answer) => !this.purposes.some((purpose) => isMeant(purpose, answer)))
      .map((answer) => `${answer.status()} ${answer.request().method()} ${answer.url()}`);
    const said = this.said.filter((text) => !(this.isLossMeant && isLoss.test(text)));
    return [...said, ...refused];
  }

  private listenIn(context: BrowserContext): void {
    context.on("weberror", (error) => this.said.push(`uncaught: ${error.error().message}`));
    context.on("console", (message) => {
      // The browser's word for an answer of 400 and above, of which the answer itself tells more.
      if (message.type() === "error" && !/the server responded with a status/.test(message.text()))
        this.said.push(message.text());
    });
    context.on("response", (response) => {
      if (response.status() >= 400) this.answers.push(response);
    });
  }
}

const isLoss = /^Failed to load resource: net::ERR_(FAILED|INTERNET_DISCONNECTED)/;

function isMeant({ status, at }: Purpose, answer: Response): boolean {
  const { pathname, search } = new URL(answer.url());
  const address = pathname + search;
  return (
    answer.status() === status && (typeof at === "string" ? address.includes(at) : at.test(address))
  );
}

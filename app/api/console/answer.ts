import { currentCaller, currentOrigin } from "@/lib/auth/current-caller";
import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { AppError, type ErrorCode, isAppError } from "@/lib/domain/errors";

/** A GET of the browser's query cache: who is signed in, one use case, its answer as JSON that nobody stores. */
export async function answer(work: (caller: Caller) => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work(await requireSession()), { headers: noStore });
  } catch (error) {
    return failure(error);
  }
}

/** A GET that saves a file: streamed, and read from `lines` no faster than the browser takes it. */
export async function download(
  name: string,
  type: string,
  work: (caller: Caller) => Promise<AsyncIterable<string>>,
): Promise<Response> {
  try {
    const caller = await requireSession();
    const lines = await work(caller);
    return new Response(streamed(lines), {
      headers: {
        ...noStore,
        "content-type": `${type}; charset=utf-8`,
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  } catch (error) {
    return failure(error);
  }
}

/** How the file is asked for: CSV unless `format` says otherwise. */
export function exportFormat(request: Request) {
  const isLines = new URL(request.url).searchParams.get("format") === "jsonl";
  return isLines
    ? ({ format: "jsonl", type: "application/jsonl" } as const)
    : ({ format: "csv", type: "text/csv" } as const);
}

function streamed(lines: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = lines[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}

async function requireSession(): Promise<Caller> {
  const caller = await currentCaller();
  if (!caller) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  return caller;
}

async function failure(error: unknown): Promise<Response> {
  if (isAppError(error)) return refusal(error);
  const { requestId } = await currentOrigin();
  runtime().log.error({ err: error, requestId }, "a console request failed");
  const message = "Something went wrong on our side. Try again.";
  return Response.json({ code: "internal", message, requestId }, { status: 500, headers: noStore });
}

const noStore = { "cache-control": "no-store" };

function refusal({ code, message, retryAfterSeconds }: AppError): Response {
  const headers = {
    ...noStore,
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
  };
  return Response.json({ code, message }, { status: statuses[code], headers });
}

const statuses = {
  invalid_input: 400,
  missing_input: 400,
  invalid_key: 400,
  unauthenticated: 401,
  sign_in_refused: 401,
  password_expired: 401,
  must_change_password: 403,
  must_enrol: 403,
  second_factor_required: 403,
  step_up_required: 403,
  reason_required: 400,
  not_found: 404,
  related_not_found: 404,
  already_exists: 409,
  limit_reached: 409,
  conflict: 409,
  stale: 412,
  retry_token_invalidated: 409,
  rate_limited: 429,
  too_large: 413,
  unavailable: 503,
} satisfies Record<ErrorCode, number>;

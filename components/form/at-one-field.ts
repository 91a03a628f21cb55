import type { FormProblem } from "./form-context";

/** For a list that is one field, whichever of its lines is wrong. */
export function atOneField(error: FormProblem | null, name: string): FormProblem | null {
  if (error === null) return null;
  const fields = Object.entries(error.fields ?? {}).map(([path, sentence]) => [
    path.startsWith(`${name}.`) ? name : path,
    sentence,
  ]);
  // The message of an error is not among what a spread copies.
  const { message, requestId } = error;
  return { message, requestId, fields: Object.fromEntries(fields) };
}

import type { FormProblem } from "./form-context";

/** For a list that is one field, whichever of its lines is wrong. */
export function atOneField(error: FormProblem | null, name: string): FormProblem | null {
  if (error === null) return null;
  const fields = Object.entries(error.fields ?? {}).map(([path, sentence]) => [
    path.startsWith(`${name}.`) ? name : path,
    sentence,
  ]);
  return { ...error, fields: Object.fromEntries(fields) };
}

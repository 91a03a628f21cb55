import { createContext, use, useEffect } from "react";

export type FormProblem = {
  message: string;
  /** Name of the field → what is wrong with it. */
  fields?: Readonly<Record<string, string>> | undefined;
  /** Given when it was us. */
  requestId?: string | undefined;
};

type FormContext = {
  idPrefix: string;
  problem: FormProblem | null;
  register: (name: string) => () => void;
};

export const FormState = createContext<FormContext | null>(null);

/** The ids and the problem of one field of the surrounding form. */
export function useFieldState(name: string, hasHint: boolean) {
  const form = use(FormState);
  if (form === null) throw new Error(`The field "${name}" stands outside a form.`);
  const { register } = form;
  useEffect(() => register(name), [register, name]);
  const id = `${form.idPrefix}${name.replaceAll(".", "-")}`;
  const problem = form.problem?.fields?.[name];
  const describedBy = [problem !== undefined && `${id}-problem`, hasHint && `${id}-hint`]
    .filter(Boolean)
    .join(" ");
  return {
    id,
    problem,
    control: {
      id,
      name,
      "aria-invalid": problem === undefined ? undefined : true,
      "aria-describedby": describedBy === "" ? undefined : describedBy,
    },
  };
}

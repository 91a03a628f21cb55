"use client";

import type { ComponentProps } from "react";

import { Checkbox } from "@/components/ui/checkbox";
import { Input, type InputProps } from "@/components/ui/input";
import { RadioGroup, type RadioGroupProps, Segmented } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

import { FieldFrame, FieldNotes, type FieldProps } from "./field";
import { useFieldState } from "./form-context";

type Wired = "name" | "id" | "aria-invalid" | "aria-describedby";

export type TextFieldProps = FieldProps & Omit<InputProps, Wired>;

export function TextField({ name, label, hint, isOptional, ...rest }: TextFieldProps) {
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  return (
    <FieldFrame {...{ name, label, hint, isOptional, id, problem }}>
      <Input {...rest} {...control} aria-required={isOptional === true ? undefined : true} />
    </FieldFrame>
  );
}

export type TextareaFieldProps = FieldProps & Omit<ComponentProps<typeof Textarea>, Wired>;

export function TextareaField({ name, label, hint, isOptional, ...rest }: TextareaFieldProps) {
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  return (
    <FieldFrame {...{ name, label, hint, isOptional, id, problem }}>
      <Textarea {...rest} {...control} aria-required={isOptional === true ? undefined : true} />
    </FieldFrame>
  );
}

export type SelectFieldProps = FieldProps &
  Omit<ComponentProps<"select">, Wired | "children"> & {
    options: readonly { value: string; label: string }[];
  };

export function SelectField({ name, label, hint, isOptional, options, ...rest }: SelectFieldProps) {
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  return (
    <FieldFrame {...{ name, label, hint, isOptional, id, problem }}>
      <Select {...rest} {...control}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </FieldFrame>
  );
}

export type CheckboxFieldProps = Omit<FieldProps, "isOptional"> &
  Omit<ComponentProps<"input">, Wired | "type">;

export function CheckboxField({ name, label, hint, ...rest }: CheckboxFieldProps) {
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  return (
    <div>
      <Checkbox {...rest} {...control} label={label} />
      <div className="pl-6">
        <FieldNotes id={id} problem={problem} hint={hint} />
      </div>
    </div>
  );
}

export type ChoiceFieldProps = Omit<FieldProps, "isOptional"> &
  Pick<RadioGroupProps, "options" | "value" | "defaultValue" | "onValueChange"> & {
    /** In a row for a few short words, else each on its own line. */
    layout?: "row" | "list" | undefined;
  };

export function ChoiceField({ name, label, hint, layout = "list", ...rest }: ChoiceFieldProps) {
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  const Group = layout === "row" ? Segmented : RadioGroup;
  return (
    <div className="flex flex-col gap-1">
      <Group
        {...rest}
        legend={label}
        name={name}
        describedBy={control["aria-describedby"]}
        isInvalid={problem !== undefined}
      />
      <FieldNotes id={id} problem={problem} hint={hint} />
    </div>
  );
}

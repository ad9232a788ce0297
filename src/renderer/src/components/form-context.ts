import { inject, provide, type InjectionKey } from 'vue'
import type { FieldError } from '#contract/errors.ts'
import type { FormErrors } from '@/client/form-errors.ts'

/** What a form tells its fields, and its fields tell the form. */
export interface FormContext {
  readonly errors: FormErrors | undefined
  /** A field says which path it shows, under which words; answers the function that takes it back. */
  register(path: string, label: string): () => void
  /** Fields come and go (one device of several is on the page): what they hold outlives them. */
  readonly keepsHeld?: boolean
}

const key: InjectionKey<FormContext> = Symbol('form')

export function provideForm(context: FormContext): void {
  provide(key, context)
}

export function useForm(): FormContext | undefined {
  return inject(key, undefined)
}

/** What a field tells the control inside it, and the control tells its field. */
export interface FieldContext {
  /** What stood in the field when it was last on the page and cannot be read. */
  readonly held: string | undefined
  /** The control holds a text that is no value, or none any more. */
  hold(text: string, problem: Omit<FieldError, 'path'> | undefined): void
}

const fieldKey: InjectionKey<FieldContext> = Symbol('field')

export function provideField(context: FieldContext): void {
  provide(fieldKey, context)
}

export function useField(): FieldContext | undefined {
  return inject(fieldKey, undefined)
}

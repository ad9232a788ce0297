import { inject, provide, type InjectionKey } from 'vue'
import type { FormErrors } from '@/client/form-errors.ts'

/** What a form tells its fields, and its fields tell the form. */
export interface FormContext {
  readonly errors: FormErrors | undefined
  /** A field says which path it shows, under which words; answers the function that takes it back. */
  register(path: string, label: string): () => void
}

const key: InjectionKey<FormContext> = Symbol('form')

export function provideForm(context: FormContext): void {
  provide(key, context)
}

export function useForm(): FormContext | undefined {
  return inject(key, undefined)
}

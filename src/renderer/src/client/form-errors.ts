import { computed, shallowRef, type ComputedRef } from 'vue'
import type { FieldError } from '#contract/errors.ts'
import type { CallError } from './call-error.ts'
import { errorText, fieldText } from './error-text.ts'
import { useHeldTexts, type HeldTexts } from './held-texts.ts'

/**
 * What the host found wrong with the last try, by field. A form hands one to `useCommand` and to `AppForm`;
 * `FormField` shows the text of its path. Texts follow a switch of language.
 */
export interface FormErrors {
  /** The error text at a dotted path (`items.0.device.serial`), or empty. */
  at(path: string): string
  /** What belongs to no field: the whole form's text. */
  readonly general: ComputedRef<string>
  /** All field errors that no given path shows. */
  unshown(paths: readonly string[]): { path: string; text: string }[]
  readonly present: ComputedRef<boolean>
  /** Sets field errors found in the window itself, before anything is sent. */
  setFields(fields: readonly FieldError[]): void
  set(error: CallError): void
  /** Removes the error at a path and beneath it, when its field is typed into. */
  clear(path?: string): void
  /** What was typed and is no value; a command with these errors is not sent while there is any. */
  readonly held: HeldTexts
  /** Shows what is held as errors of its fields; answers whether there was any. */
  showHeld(): boolean
}

export interface FormErrorOptions {
  /** Start of the paths that the form's fields leave out: `shop.` when the form shows `shop.name` as `name`. */
  readonly prefix?: string
}

function covers(path: string, errorPath: string): boolean {
  return errorPath === path || errorPath.startsWith(`${path}.`)
}

export function useFormErrors(options: FormErrorOptions = {}): FormErrors {
  const fields = shallowRef<readonly FieldError[]>([])
  const whole = shallowRef<CallError>()
  const held = useHeldTexts()
  const prefix = options.prefix ?? ''
  const own = (path: string): string => (path.startsWith(prefix) ? path.slice(prefix.length) : path)

  return {
    held,
    showHeld() {
      if (held.all.value.length === 0) return false
      fields.value = held.all.value
      whole.value = undefined
      return true
    },
    at(path) {
      const found = fields.value.find((field) => covers(path, field.path))
      return found ? fieldText(found) : ''
    },
    general: computed(() => (whole.value ? errorText(whole.value) : '')),
    unshown(paths) {
      return fields.value
        .filter((field) => !paths.some((path) => covers(path, field.path)))
        .map((field) => ({ path: field.path, text: fieldText(field) }))
    },
    present: computed(() => whole.value !== undefined || fields.value.length > 0),
    setFields(given) {
      fields.value = given
      whole.value = undefined
    },
    set(error) {
      fields.value = error.fields.map((field) => ({ ...field, path: own(field.path) }))
      // With the fields named, the sentence "the input is not valid" says nothing more.
      whole.value = fields.value.length > 0 ? undefined : error
    },
    clear(path) {
      if (path === undefined) {
        fields.value = []
        whole.value = undefined
      } else if (fields.value.some((field) => covers(path, field.path))) {
        fields.value = fields.value.filter((field) => !covers(path, field.path))
      }
    },
  }
}

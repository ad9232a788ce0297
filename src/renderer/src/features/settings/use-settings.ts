import type { Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { OutputOf } from '#contract/method-types.ts'
import {
  useCommand,
  useEditor,
  useFormErrors,
  useQueryOf,
  type Editor,
  type FormErrors,
} from '@/client/index.ts'

export type ShopSettings = OutputOf<'settings.get'>['settings']

/** What the frame of a settings form needs of `useSettings`, whichever settings the form is about. */
export interface SettingsEditor {
  readonly stored: ReturnType<typeof useQueryOf<'settings.get'>>
  readonly errors: FormErrors
  readonly editor: Pick<Editor<object>, 'dirty' | 'reset'> & {
    readonly changedByOthers: { readonly value: readonly string[] }
    readonly conflicts: { readonly value: readonly string[] }
  }
  readonly pending: Readonly<Ref<boolean>>
  save(): Promise<boolean>
}

/** A whole number among the settings; `otherwise` is what it becomes when left empty, else `min`. */
export interface NumberRule<K extends string> {
  readonly key: K
  readonly min: number
  readonly max: number
  readonly otherwise?: number
}

/**
 * Some of the shop's settings as one form. Only these are sent, so that two people on two pages do not
 * undo each other; a save that came too late keeps what was typed.
 */
export function useSettings<K extends keyof Omit<ShopSettings, 'termsVersion'>>(
  keys: readonly K[],
  blank: () => Pick<ShopSettings, K>,
) {
  const { t } = useI18n()
  const stored = useQueryOf('settings.get', {})
  const errors = useFormErrors({ prefix: 'settings.' })
  const editor = useEditor(
    () => stored.data.value,
    ({ settings }) => Object.fromEntries(keys.map((key) => [key, settings[key]])) as Pick<ShopSettings, K>,
    blank,
  )
  const update = useCommand('settings.update', {
    errors,
    done: () => t('common.saved'),
    onError: (error) => {
      if (error.code === 'stale') void stored.refetch()
      return false
    },
  })
  /** True when the settings are saved; a failure is shown in the form. */
  async function save(): Promise<boolean> {
    const settings: Partial<Omit<ShopSettings, 'termsVersion'>> = {
      ...(editor.form as Pick<ShopSettings, K>),
    }
    const saved = await update.run({ version: editor.version.value, settings })
    if (saved) await stored.refetch()
    return saved !== undefined
  }
  return { stored, errors, editor, form: editor.form as Pick<ShopSettings, K>, pending: update.pending, save }
}

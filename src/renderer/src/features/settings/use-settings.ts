import { useI18n } from 'vue-i18n'
import type { OutputOf } from '#contract/method-types.ts'
import { useCommand, useEditor, useFormErrors, useQueryOf } from '@/client/index.ts'

export type ShopSettings = OutputOf<'settings.get'>['settings']

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
  async function save(): Promise<void> {
    const settings: Partial<Omit<ShopSettings, 'termsVersion'>> = {
      ...(editor.form as Pick<ShopSettings, K>),
    }
    const saved = await update.run({ version: editor.version.value, settings })
    if (saved) await stored.refetch()
  }
  return { stored, errors, editor, form: editor.form as Pick<ShopSettings, K>, pending: update.pending, save }
}

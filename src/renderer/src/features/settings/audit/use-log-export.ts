import { useI18n } from 'vue-i18n'
import { errorCodes } from '#contract/errors.ts'
import type { InputOf } from '#contract/method-types.ts'
import { call, notify, saveFile, useTask } from '@/client/index.ts'
import { methodText, resultText } from '@/components/audit/index.ts'

type Filter = Omit<InputOf<'audit.list'>, 'after' | 'limit'>

/** Saves the log as it is narrowed, in the words of the window. */
export function useLogExport(filter: () => Filter) {
  const { t } = useI18n()
  const task = useTask('audit.export')
  const headings = () => [
    '#',
    ...(['at', 'who', 'seat', 'what', 'method', 'input', 'result'] as const).map((key) =>
      t(`audit.column.${key}`),
    ),
  ]
  const inWords = (codes: readonly string[], text: (code: string) => string) =>
    Object.fromEntries(codes.map((code) => [code, text(code).slice(0, 200)]))

  async function save(format: 'csv' | 'xlsx'): Promise<void> {
    const { methods } = await call('audit.choices', {})
    const words = {
      headings: headings(),
      methods: inWords(methods, methodText),
      results: inWords(['ok', ...errorCodes], resultText),
      personal: {
        given: t('audit.personal.given'),
        same: t('audit.personal.same'),
        changed: t('audit.personal.changed'),
      },
    }
    const file = await task.run({ ...filter(), format, words })
    if (!file) return
    saveFile(file, `audit.${format}`)
    notify('success', t('audit.exported'))
  }
  return { save, pending: task.pending }
}

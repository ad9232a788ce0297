import type { Language } from '#contract/fields.ts'
import type { HostFailure } from './host-process.ts'

const words = {
  'zh-CN': {
    backup: '最新的完好备份',
    holds: '其中的维修单',
    lost: '恢复后将丢失备份之后的内容：',
    repairs: '新收的维修单',
    invoices: '开具的发票',
    payments: '收款',
    acts: '全部操作',
    unreadable: '已无法读出',
    kept: '损坏的文件会保留在数据文件夹中。',
    none: '备份文件夹中没有完好的备份。请接上存放备份副本的磁盘，并请技术人员用 npm run restore 恢复。',
    restore: '恢复备份',
  },
  en: {
    backup: 'Newest good backup',
    holds: 'Repairs in it',
    lost: 'Restoring loses what came after the backup:',
    repairs: 'Repairs received',
    invoices: 'Invoices issued',
    payments: 'Payments',
    acts: 'Acts of any kind',
    unreadable: 'can no longer be read',
    kept: 'The damaged file is kept in the data folder.',
    none: 'There is no good backup in the backups folder. Connect the disk with the copies and have them restored with npm run restore.',
    restore: 'Restore the backup',
  },
} satisfies Record<Language, Record<string, string>>

/**
 * What the host found out about a damaged file, in words, and the text of the button that restores; no button where
 * there is no good backup.
 */
export function damageTexts(
  params: HostFailure['params'],
  language: Language,
): { lines: string[]; restore: string | undefined } {
  const say = words[language]
  const { backupAt } = params
  if (typeof backupAt !== 'number') return { lines: [say.none], restore: undefined }
  const moment = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(backupAt)
  const count = (name: string) => {
    const value = params[name]
    return typeof value === 'number' ? String(value) : say.unreadable
  }
  const lines = [
    `${say.backup}: ${moment}`,
    `${say.holds}: ${count('repairs')}`,
    '',
    say.lost,
    `• ${say.repairs}: ${count('lostRepairs')}`,
    `• ${say.invoices}: ${count('lostInvoices')}`,
    `• ${say.payments}: ${count('lostPayments')}`,
    `• ${say.acts}: ${count('lostActs')}`,
    '',
    say.kept,
  ]
  return { lines, restore: say.restore }
}

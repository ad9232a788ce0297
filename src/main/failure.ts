import { dialog, type BrowserWindow } from 'electron'
import type { ErrorCode } from '#contract/errors.ts'
import type { Language } from '#contract/fields.ts'
import type { HostFailure } from './host-process.ts'
import { say as word } from './words.ts'

type Texts = Readonly<Record<Language, string>>

/* The window has the texts of all errors, but it gets them through the host, which is what does not run here. */
const reasons: Readonly<Partial<Record<ErrorCode, Texts>>> = {
  'database.in_use': {
    'zh-CN': '这个店铺的数据正被另一个 Benchside 程序使用。请先关闭它，再试一次。',
    en: 'Another Benchside is using this shop’s data. Close it and try again.',
  },
  'database.newer': {
    'zh-CN': '这个店铺的数据由更新版本的 Benchside 保存。请安装新版本后再打开；数据没有改动。',
    en: 'This shop’s data was saved by a newer Benchside. Install the newer version to open it; nothing was changed.',
  },
  'database.changed_migration': {
    'zh-CN': '这个店铺的数据与本程序的版本不相符。请安装原来使用的版本；数据没有改动。',
    en: 'This shop’s data does not fit this copy of the program. Install the version used before; nothing was changed.',
  },
  'database.damaged': {
    'zh-CN': '店铺的数据文件已损坏。请不要删除任何文件，从数据文件夹中的 backups 恢复最近的备份。',
    en: 'The shop’s data file is damaged. Delete nothing; restore the newest backup from the folder “backups”.',
  },
  'database.full': {
    'zh-CN': '磁盘已满。请腾出空间，再试一次。',
    en: 'The disk is full. Make room and try again.',
  },
  'database.read_only': {
    'zh-CN': '数据文件夹不可写入。请检查该文件夹的权限，再试一次。',
    en: 'The data folder cannot be written. Check its permissions and try again.',
  },
}

const words = {
  'zh-CN': {
    title: '无法打开店铺数据',
    unknown: '程序启动时出错。详细原因在数据文件夹的 logs 中。',
    folder: '数据文件夹',
    code: '代码',
    retry: '再试一次',
    quit: '退出',
  },
  en: {
    title: 'The shop’s data cannot be opened',
    unknown: 'The program met an error while starting. The folder “logs” in the data folder says more.',
    folder: 'Data folder',
    code: 'Code',
    retry: 'Try again',
    quit: 'Quit',
  },
} satisfies Record<Language, Record<string, string>>

/** Tells a person why the shop cannot be opened. Answers true when they want to try again. */
export async function askToRetry(
  window: BrowserWindow,
  failure: HostFailure,
  data: string,
  language: Language,
): Promise<boolean> {
  const say = words[language]
  const known: Readonly<Record<string, Texts | undefined>> = reasons
  const options = {
    type: 'error' as const,
    title: 'Benchside',
    message: say.title,
    detail: [
      known[failure.code]?.[language] ?? say.unknown,
      '',
      `${say.folder}: ${data}`,
      `${say.code}: ${failure.code}`,
    ].join('\n'),
    buttons: [say.retry, say.quit],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  }
  const asked = window.isDestroyed() ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options)
  return (await asked).response === 0
}

/** Says that the key store does not know the shop's key any more. Answers true when a person goes on with a new one. */
export async function goesOnWithoutKey(window: BrowserWindow, language: Language): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Benchside',
    message: word(language, 'keyLostTitle'),
    detail: word(language, 'keyLostText'),
    buttons: [word(language, 'quit'), word(language, 'keyLostGoOn')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

import { dialog, type BrowserWindow } from 'electron'
import type { ErrorCode } from '#contract/errors.ts'
import type { Language } from '#contract/fields.ts'
import { damageTexts } from './damage.ts'
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
    'zh-CN': '店铺的数据文件已损坏，没有打开，也没有改动任何内容。请不要删除任何文件。',
    en: 'The shop’s data file is damaged; it was not opened and nothing was changed. Please delete nothing.',
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

/** What a person wants when the shop cannot be opened. */
export type Wish = 'retry' | 'restore' | 'quit'

/** Tells a person why the shop cannot be opened; where a good backup could take a damaged file's place, offers it. */
export async function askToRetry(
  window: BrowserWindow,
  failure: HostFailure,
  data: string,
  language: Language,
): Promise<Wish> {
  const say = words[language]
  const damage = failure.code === 'database.damaged' ? damageTexts(failure.params, language) : undefined
  const wishes: readonly Wish[] = damage?.restore ? ['restore', 'retry', 'quit'] : ['retry', 'quit']
  const buttons: Readonly<Record<Wish, string>> = {
    restore: damage?.restore ?? '',
    retry: say.retry,
    quit: say.quit,
  }
  const known: Readonly<Record<string, Texts | undefined>> = reasons
  const options = {
    type: 'error' as const,
    title: 'Benchside',
    message: say.title,
    detail: [
      known[failure.code]?.[language] ?? say.unknown,
      ...(damage ? ['', ...damage.lines] : []),
      '',
      `${say.folder}: ${data}`,
      `${say.code}: ${failure.code}`,
    ].join('\n'),
    buttons: wishes.map((wish) => buttons[wish]),
    // Return tries again: a backup takes the shop's place only where somebody chooses it.
    defaultId: wishes.indexOf('retry'),
    cancelId: wishes.indexOf('quit'),
    noLink: true,
  }
  const asked = window.isDestroyed() ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options)
  return wishes[(await asked).response] ?? 'quit'
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

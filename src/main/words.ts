import type { Language } from '#contract/fields.ts'

/* What the shell says itself: where the window's own texts cannot be, in menus, boxes of the system and the tray. */
const texts = {
  'zh-CN': {
    edit: '编辑',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    view: '视图',
    larger: '放大',
    smaller: '缩小',
    ownSize: '实际大小',
    fullScreen: '全屏',
    window: '窗口',
    minimize: '最小化',
    computer: '本机设置…',
    otherHost: '连接到其他主机…',
    reports: '打开故障报告文件夹',
    quit: '退出 Benchside',
    open: '打开 Benchside',
    about: '关于 Benchside',
    hide: '隐藏 Benchside',
    hideOthers: '隐藏其他',
    keyLostTitle: '无法读取店铺密钥',
    keyLostText:
      '系统的密钥库打不开这台电脑上保存的店铺密钥（换了用户或电脑，或密钥库被重置）。维修、客户、金额等数据都不受影响；已保存的设备解锁码和邮箱密码将无法读取，需要重新填写。\n\n如果密钥库能够恢复（例如重新登录钥匙串），请先退出。旧密钥文件会保留，不会删除。',
    keyLostGoOn: '使用新密钥继续',
    updateTitle: '有新版本 {version}',
    updateText: '先备份店铺数据，再下载并安装。安装时程序会重新启动。',
    updateTextOther: '下载并安装。安装时程序会重新启动。',
    updateNow: '备份并安装',
    updateNowOther: '安装',
    later: '以后再说',
    updateFailed: '更新没有安装',
    updateNoBackup: '备份没有成功，所以没有安装新版本。请到“设置”里查看备份。',
    updateNoDownload: '新版本没有下载成功，程序保持不变。',
    ok: '好',
  },
  en: {
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    larger: 'Larger',
    smaller: 'Smaller',
    ownSize: 'Actual size',
    fullScreen: 'Full screen',
    window: 'Window',
    minimize: 'Minimise',
    computer: 'This computer…',
    otherHost: 'Connect to another host…',
    reports: 'Open the folder of crash reports',
    quit: 'Quit Benchside',
    open: 'Open Benchside',
    about: 'About Benchside',
    hide: 'Hide Benchside',
    hideOthers: 'Hide others',
    keyLostTitle: 'The shop’s key cannot be read',
    keyLostText:
      'The system’s key store does not open the shop’s key any more (another user or computer, or the key store was reset). Repairs, customers and money are not affected; device passcodes and the mail password that were stored cannot be read and have to be entered again.\n\nIf the key store can be brought back (for example by unlocking the keychain), quit first. The old key file is kept, not deleted.',
    keyLostGoOn: 'Go on with a new key',
    updateTitle: 'Version {version} is there',
    updateText:
      'The shop’s data is backed up first, then the new version is fetched and installed. The program starts anew.',
    updateTextOther: 'The new version is fetched and installed. The program starts anew.',
    updateNow: 'Back up and install',
    updateNowOther: 'Install',
    later: 'Later',
    updateFailed: 'The update was not installed',
    updateNoBackup:
      'The backup did not succeed, so the new version was not installed. Settings shows the backups.',
    updateNoDownload: 'The new version could not be fetched; nothing was changed.',
    ok: 'OK',
  },
} satisfies Record<Language, Record<string, string>>

export type Word = keyof (typeof texts)['en']

/** A text of the shell; `{name}` is replaced by the given value. */
export function say(language: Language, word: Word, values: Readonly<Record<string, string>> = {}): string {
  return texts[language][word].replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

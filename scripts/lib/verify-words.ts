import en from '../../src/renderer/src/locales/en/audit.json' with { type: 'json' }
import zh from '../../src/renderer/src/locales/zh-CN/audit.json' with { type: 'json' }

/** What only the command line says; what it checks and what is wrong has the words of the window. */
const own = {
  en: {
    fine: 'fine',
    wrong: 'WRONG',
    allFine: 'Everything holds.',
    something: 'Something is wrong. Do not work on with this file; keep it and bring back a backup.',
    expected: 'expected',
    found: 'found',
    noShop: 'There is no shop in',
    failed: 'The file could not be looked through:',
  },
  'zh-CN': {
    fine: '正常',
    wrong: '有问题',
    allFine: '全部正常。',
    something: '有问题。请勿继续使用此数据文件；保留它，并恢复备份。',
    expected: '应为',
    found: '实为',
    noShop: '此文件夹中没有店铺数据：',
    failed: '无法检查数据文件：',
  },
}

/** The words of `npm run verify`; rules of the ledgers, which are in none of the lists, keep their names, as on Today. */
export function verifyWords(language: 'zh-CN' | 'en') {
  const { check, rule } = language === 'en' ? en : zh
  return { ...own[language], checks: check, rules: rule as Readonly<Record<string, string>> }
}

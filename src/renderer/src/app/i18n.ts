import { createI18n } from 'vue-i18n'
import { languages, type Language } from '#contract/fields.ts'

interface Messages {
  [key: string]: string | Messages
}

/* One file per subject and language; `repairs.json` holds the keys under `repairs.`. */
const files = import.meta.glob<Messages>('../locales/*/*.json', { eager: true, import: 'default' })

function messagesOf(language: Language): Messages {
  const own = Object.entries(files).filter(([path]) => path.includes(`/${language}/`))
  return Object.fromEntries(own.map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ''), texts]))
}

export const i18n = createI18n<false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'en',
  messages: Object.fromEntries(languages.map((language) => [language, messagesOf(language)])),
})

/** Translates outside of components. */
export const translate = i18n.global.t

/** The language of the window now; reactive. */
export function currentLanguage(): Language {
  return i18n.global.locale.value === 'en' ? 'en' : 'zh-CN'
}

/** Switches all texts at once, without a restart, and says so to the browser and to screen readers. */
export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
}

/** True when the key has a text: for words put together from codes that the host sends. */
export function hasText(key: string): boolean {
  return i18n.global.te(key) || i18n.global.te(key, 'en')
}

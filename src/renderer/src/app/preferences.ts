import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { languages, type Language } from '#contract/fields.ts'
import { setLanguage } from './i18n.ts'
import { applyTheme, themes, type Theme } from './theme/index.ts'

/** What this seat remembers by itself, without the host. A browser may refuse to store; then it is only for now. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(`benchside.${name}`)
  } catch {
    return null
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`benchside.${name}`, value)
  } catch {
    // Kept in memory only.
  }
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text)
}

/** The language to start in, before anybody has signed in: the seat's last one, or the machine's. */
function firstLanguage(): Language {
  const kept = oneOf(languages, read('language'))
  if (kept) return kept
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export const usePreferences = defineStore('preferences', () => {
  const language = ref<Language>(firstLanguage())
  const theme = ref<Theme>(oneOf(themes, read('theme')) ?? 'system')
  const railOpen = ref(read('rail') !== 'closed')
  const seatName = ref(read('seat') ?? '')
  /** Which of its restores the shop's data came from when somebody last signed in here; empty before the first time. */
  const shopData = ref(read('shop-data') ?? '')

  setLanguage(language.value)
  let proposed: Language | null = null
  watch(language, (now) => {
    setLanguage(now)
    // What the shop proposed is not what a person chose: another shop may propose something else.
    if (now !== proposed) write('language', now)
    proposed = null
  })

  /** The shop's language for a seat at which nobody has chosen one yet. */
  function proposeLanguage(wanted: Language): void {
    if (read('language') !== null || wanted === language.value) return
    proposed = wanted
    language.value = wanted
  }

  watch(
    theme,
    (now) => {
      applyTheme(now)
      write('theme', now)
    },
    { immediate: true },
  )
  watch(railOpen, (now) => write('rail', now ? 'open' : 'closed'))
  watch(seatName, (now) => write('seat', now))
  watch(shopData, (now) => write('shop-data', now))

  return { language, theme, railOpen, seatName, shopData, proposeLanguage }
})

import 'element-plus/dist/index.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import './tokens.css'
import './base.css'
import './element.css'
import './touch.css'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

const dark = window.matchMedia('(prefers-color-scheme: dark)')
let chosen: Theme = 'system'

function paint(): void {
  document.documentElement.classList.toggle(
    'dark',
    chosen === 'dark' || (chosen === 'system' && dark.matches),
  )
}

/** Paints the window light or dark at once; `system` follows the machine, also later. */
export function applyTheme(theme: Theme): void {
  chosen = theme
  paint()
}

dark.addEventListener('change', paint)

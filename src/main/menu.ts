import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '#contract/fields.ts'
import type { ZoomStep } from '#contract/shell.ts'
import { say, type Word } from './words.ts'

export interface MenuActs {
  zoom(step: ZoomStep): void
  showComputer(): void
  chooseHost(): void
  openReports(): void
}

/**
 * The application's menu. Outside macOS it is hidden until Alt is pressed: it costs no room at the counter. It has no
 * "reload", which would cost what was typed.
 */
export function menuOf(
  platform: NodeJS.Platform,
  language: Language,
  acts: MenuActs,
): MenuItemConstructorOptions[] {
  const word = (one: Word): string => say(language, one)
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const own: MenuItemConstructorOptions[] = [
    { label: word('computer'), click: acts.showComputer },
    { label: word('otherHost'), click: acts.chooseHost },
    { label: word('reports'), click: acts.openReports },
    line,
  ]
  const quit: MenuItemConstructorOptions = { role: 'quit', label: word('quit') }
  const mac: MenuItemConstructorOptions[] = [
    { role: 'about', label: word('about') },
    line,
    ...own,
    { role: 'hide', label: word('hide') },
    { role: 'hideOthers', label: word('hideOthers') },
    line,
    quit,
  ]
  const roles = (...named: readonly Word[]): MenuItemConstructorOptions[] =>
    named.map((role) => ({
      role: role as NonNullable<MenuItemConstructorOptions['role']>,
      label: word(role),
    }))
  const menu: MenuItemConstructorOptions[] = [
    { label: 'Benchside', submenu: platform === 'darwin' ? mac : [...own, quit] },
    {
      label: word('edit'),
      submenu: [...roles('undo', 'redo'), line, ...roles('cut', 'copy', 'paste', 'selectAll')],
    },
    {
      label: word('view'),
      submenu: [
        { label: word('larger'), accelerator: 'CommandOrControl+Plus', click: () => acts.zoom(1) },
        // The same key without Shift, as on most keyboards; the first one is what the menu shows.
        {
          label: word('larger'),
          accelerator: 'CommandOrControl+=',
          visible: false,
          click: () => acts.zoom(1),
        },
        { label: word('smaller'), accelerator: 'CommandOrControl+-', click: () => acts.zoom(-1) },
        { label: word('ownSize'), accelerator: 'CommandOrControl+0', click: () => acts.zoom(0) },
        line,
        { role: 'togglefullscreen', label: word('fullScreen') },
      ],
    },
  ]
  if (platform === 'darwin') menu.push({ role: 'windowMenu', label: word('window') })
  return menu
}

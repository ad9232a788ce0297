import { networkInterfaces } from 'node:os'
import type { ShopSettings } from '#contract/settings.ts'
import type { App } from '#core/app.ts'
import { program } from '../program.ts'

/** Where other seats find the host when nobody chose a port. */
export const usualLanPort = 4780

/** One of this machine's addresses, and the network it belongs to by the system's own name. */
export interface LanAddress {
  readonly name: string
  readonly address: string
}

/** This machine's own addresses on the shop's network; loopback and link-local ones are nobody else's business. */
export function lanAddresses(): LanAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, found]) =>
    (found ?? [])
      .filter((one) => one.family === 'IPv4' && !one.internal && !one.address.startsWith('169.254.'))
      .map((one) => ({ name, address: one.address })),
  )
}

export type LanSettings = Pick<ShopSettings, 'lanSharing' | 'lanInterface' | 'lanHttps' | 'lanPort'>

/** The addresses the shop shares: all, or those of the network it chose. */
export function chosenAddresses(settings: Pick<LanSettings, 'lanInterface'>): LanAddress[] {
  return lanAddresses().filter((one) => settings.lanInterface === '' || one.name === settings.lanInterface)
}

/** Where the shop's seats connect in plain HTTP; `usual` is where this host listens when nobody chose. */
export function plainPort(settings: Pick<LanSettings, 'lanPort'>, usual: number): number {
  return settings.lanPort ?? usual
}

/**
 * The address at which customers reach the page behind their ticket's QR: the one the shop names, otherwise this
 * computer's on the shop's network while it is shared; null without either. Customers never trusted the shop's
 * certificate authority, so theirs is the plain address even where seats use HTTPS.
 */
export function reportBase(
  settings: Pick<ShopSettings, 'reportAddress'> & LanSettings,
  usual: number,
): string | null {
  if (settings.reportAddress !== '') return settings.reportAddress.replace(/\/+$/, '')
  const [first] = settings.lanSharing ? chosenAddresses(settings) : []
  return first === undefined ? null : `http://${first.address}:${plainPort(settings, usual)}`
}

/** The shop's settings as the program itself reads them; null before the shop is set up. */
export function settingsOf(app: App): ShopSettings | null {
  const { setUp } = app.run('session.state', {})
  return setUp ? app.run('settings.get', {}, program).settings : null
}

/** The name under which the shop says it can be reached; null when it names none. Read anew: it is a setting. */
export function reportHost(app: App): string | null {
  const settings = settingsOf(app)
  return settings === null ? null : (URL.parse(settings.reportAddress)?.hostname.toLowerCase() ?? null)
}

import type { Sharing } from '#contract/seats.ts'
import type { ShopSettings } from '#contract/settings.ts'
import { drawQr } from '../documents/barcodes.ts'
import type { Authority } from '../trust/authority.ts'
import { chosenAddresses, lanAddresses, plainPort } from './lan.ts'
import type { Listener, ListenerState } from './listeners.ts'

export const urlOf = (scheme: 'http' | 'https', address: string, port: number): string =>
  `${scheme}://${address}:${port}`

/** A QR code as a picture of its own, with the quiet zone that cameras need. */
function qrOf(text: string): string {
  const { svg, width, module } = drawQr(text, 160)
  const [from, size] = [module * -4, width + module * 8]
  const [, path = ''] = /<path[^>]* d="([^"]*)"/.exec(svg) ?? []
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${from} ${from} ${size} ${size}"><path fill="#fff" d="M${from} ${from}h${size}v${size}h-${size}z"/><path fill="#000" fill-rule="evenodd" d="${path}"/></svg>`
}

function stateOf(settings: ShopSettings, open: readonly Listener[], address: string): ListenerState {
  if (!settings.lanSharing) return 'off'
  const states = open.filter((one) => one.address === address).map((one) => one.state())
  return states.find((state) => state !== 'open') ?? (states.length > 0 ? 'open' : 'opening')
}

/** How this computer is shared: by the settings, by what listens now, and with which authority. */
export function sharingStatus(
  settings: ShopSettings,
  usualPort: number,
  open: readonly Listener[],
  authority: Authority | null,
): Sharing {
  const plain = plainPort(settings, usualPort)
  const { lanHttps: https } = settings
  const port = https ? plain + 1 : plain
  const chosen = chosenAddresses(settings)
  const addresses = chosen.map(({ name, address }) => {
    const url = `${urlOf(https ? 'https' : 'http', address, port)}/`
    const trustUrl = https ? `${urlOf('http', address, plain)}/trust` : null
    const trustQr = trustUrl === null ? null : qrOf(trustUrl)
    return {
      interface: name,
      address,
      url,
      qr: qrOf(url),
      trustUrl,
      trustQr,
      state: stateOf(settings, open, address),
    }
  })
  return {
    on: settings.lanSharing,
    https,
    port,
    plainPort: plain,
    interfaces: lanAddresses(),
    interfaceGone: settings.lanInterface !== '' && chosen.length === 0,
    addresses,
    authority: authority && {
      name: authority.name,
      sha256: authority.sha256,
      validUntil: authority.validUntil,
    },
  }
}

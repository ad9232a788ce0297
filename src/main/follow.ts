/* What a QR code or a label may lead to: records by their uid, and the plain places of the rail. Nothing a link names
 * is ever run, loaded or sent; it becomes a path that the window's own router looks up. */
const uid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** The window's pages of records, by the word a link has for them; the labels of devices say `repair`. */
const records: Readonly<Record<string, string>> = {
  repair: '/repairs',
  repairs: '/repairs',
  r: '/repairs',
  customers: '/customers',
  devices: '/devices',
  parts: '/parts',
  invoices: '/billing/invoices',
}
const places: Readonly<Record<string, string>> = {
  '': '/',
  today: '/',
  counter: '/counter',
  bench: '/bench',
  'my-jobs': '/bench/mine',
  repairs: '/repairs',
}
const linkedRecord = new RegExp(`^(\\w+)/(${uid})$`)
const ownRecord = new RegExp(`^(${[...new Set(Object.values(records))].join('|')})/${uid}$`)

export const linkScheme = 'benchside'

/** The path within the window that a `benchside://…` link leads to; undefined for every other address. */
export function pathOfLink(link: string): string | undefined {
  if (link.length > 200) return undefined
  const url = URL.parse(link)
  if (url === null || url.protocol !== `${linkScheme}:` || url.search !== '' || url.hash !== '')
    return undefined
  if (url.username !== '' || url.password !== '' || url.port !== '') return undefined
  // `benchside://repair/<uid>`: what looks like a host is the first step of the path.
  const named = `${url.host}${url.pathname}`.replace(/\/$/, '').toLowerCase()
  const [, word = '', id = ''] = linkedRecord.exec(named) ?? []
  const folder = Object.hasOwn(records, word) ? records[word] : undefined
  if (folder !== undefined) return `${folder}/${id}`
  return Object.hasOwn(places, named) ? places[named] : undefined
}

/** True for a path that a click on a notification may open: the pages that links lead to. */
export function isOwnPath(path: string): boolean {
  return ownRecord.test(path) || Object.values(places).includes(path)
}

/** Windows and Linux hand a link over as the last word of the command line. */
export function linkIn(argv: readonly string[]): string | undefined {
  return argv.findLast((word) => word.startsWith(`${linkScheme}:`))
}

import { z } from 'zod'
import { at, id, name, ok, uid } from './fields.ts'
import { command, query, task } from './method.ts'

/** One browser or window of the shop, and who used it last. */
export const seatRow = z.object({
  id,
  uid,
  name: z.string(),
  /** Name of who is signed in there, or was last; empty when nobody ever was. */
  person: z.string(),
  signedIn: z.boolean(),
  lastSeenAt: at,
  /** Where it was last used from, in figures; empty for the window of the host itself. */
  address: z.string(),
  /** The browser as it names itself; empty for the window of the host itself. */
  agent: z.string(),
  /** The seat this was asked from. */
  own: z.boolean(),
})
export type SeatRow = z.output<typeof seatRow>

/** Why an address does not serve the other seats. */
export const sharingProblems = ['port_taken', 'port_forbidden', 'address_gone', 'outside', 'failed'] as const

/** One address of this computer on a network, and whether the other seats reach it there. */
export const sharedAddress = z.object({
  interface: z.string(),
  address: z.string(),
  /** What is typed into a browser. */
  url: z.string(),
  /** The same as a QR code, an SVG of its own. */
  qr: z.string(),
  /** The page that explains how to trust this computer; null without HTTPS. */
  trustUrl: z.string().nullable(),
  trustQr: z.string().nullable(),
  /** `off` while sharing is off, `open` when it answers; else why it does not. */
  state: z.enum(['off', 'opening', 'open', ...sharingProblems]),
})

export const sharing = z.object({
  on: z.boolean(),
  https: z.boolean(),
  /** Where browsers connect: with HTTPS that is the port after the plain one. */
  port: z.int(),
  plainPort: z.int(),
  /** Every network of this computer, to choose from. */
  interfaces: z.array(z.object({ name: z.string(), address: z.string() })),
  /** The addresses that are, or would be, served. */
  addresses: z.array(sharedAddress),
  /** The chosen network is not there at the moment. */
  interfaceGone: z.boolean(),
  /** The shop's own certificate authority; null until HTTPS was first switched on. */
  authority: z.object({ name: z.string(), sha256: z.string(), validUntil: at }).nullable(),
})
export type Sharing = z.output<typeof sharing>

export const seatsContract = {
  /** The 500 seats used last, the latest first. */
  list: query('seats.manage', {}, z.array(seatRow)),
  rename: command('seats.manage', { seatId: id, name: name(60) }, ok),
  /** Ends what is open at a seat; it is told at once and keeps what was typed. */
  signOut: command('seats.manage', { seatId: id }, ok),
  /** The same for every seat but this one. */
  signOutOthers: command('seats.manage', {}, z.object({ signedOut: z.int() })),
  /** How this computer is shared on the shop's network at this moment. */
  sharing: task('settings.manage', {}, sharing),
}

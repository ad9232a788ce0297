import { permissions } from '#contract/permissions.ts'
import type { Actor } from '#core/app.ts'

/**
 * The program itself, who sits at no seat and may do everything: for what the host does by its own rules and for
 * what it reads to print or to show a customer. Who may ask for that is said where it is asked.
 */
export const program: Actor = { userId: null, seatId: null, permissions: new Set(permissions) }

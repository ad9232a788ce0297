import type { HandlersOf } from '../context.ts'
import { initials } from './access.ts'
import { signedInView } from './steps.ts'
import { demoShop, publicShop, shopIsSetUp } from '../settings/steps.ts'
import { restoredAt } from '../backups/queries.ts'
import { peopleWithPin } from './people.ts'
import { programVersion } from '#contract/version.ts'
import { schemaVersionOf } from '../db/migrate.ts'

export const sessionHandlers: HandlersOf<'session'> = {
  state(ctx) {
    const setUp = shopIsSetUp(ctx.db)
    const { actor } = ctx
    const signedIn = actor.userId === null || actor.seatId === null ? null : signedInView(ctx.db, actor)
    return {
      setUp,
      version: programVersion,
      schemaVersion: schemaVersionOf(ctx.db.$client),
      demo: demoShop(ctx.db),
      shop: setUp ? publicShop(ctx.settings) : null,
      people: signedIn ? peopleWithPin(ctx.db).map((p) => ({ ...p, initials: initials(p.name) })) : [],
      restoredAt: restoredAt(ctx.db),
      session: signedIn,
    }
  },
}

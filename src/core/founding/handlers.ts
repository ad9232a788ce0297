import type { HandlersOf } from '../context.ts'
import { seedPrices } from '../billing/steps.ts'
import { seedDictionaries } from '../dictionaries/steps.ts'
import { AppError } from '../kernel/app-error.ts'
import { defaultSettings, foundShop, shopIsSetUp } from '../settings/steps.ts'
import { seedPlaces } from '../stock/steps.ts'
import { createUser, seedRoles } from '../access/steps.ts'

export const foundingHandlers: HandlersOf<'founding'> = {
  commit(ctx, input) {
    if (shopIsSetUp(ctx.db)) throw new AppError('setup.already_done')
    foundShop(ctx, { ...defaultSettings, ...input.shop }, input.demo)
    const roles = seedRoles(ctx)
    seedDictionaries(ctx, input.shop.country)
    seedPrices(ctx, input.shop.country)
    seedPlaces(ctx)
    const ownerId = createUser(ctx, {
      ...input.owner,
      language: input.shop.defaultLanguage,
      roleIds: [roles.owner],
    })
    return { ownerId }
  },
}

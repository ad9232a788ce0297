import type { CommandContext } from '../context.ts'
import { addNewEntry } from './ensure-entry.ts'
import { seedBrands } from './seed/brands.ts'
import { seedCategories } from './seed/categories.ts'
import { seedChecks } from './seed/checks.ts'
import { seedCodes } from './seed/codes.ts'
import { seedCounter, seedSubStatuses } from './seed/counter.ts'
import { seedTests } from './seed/tests.ts'
import { entryByCode } from './store.ts'

/** The base data a shop starts with, in both languages; brands at home in `country` come first. */
export function seedDictionaries(ctx: CommandContext, country: string): void {
  const categories = addCategories(ctx)
  seedTestItems(ctx)
  addBrands(ctx, categories, country)
  for (const [kind, entries] of [...seedCodes, ...seedCounter]) {
    entries.forEach(([code, zh, en], index) => {
      addNewEntry(ctx, { kind, code, label: { zh, en }, parentId: null, sort: order(index) })
    })
  }
  seedSubStatuses.forEach(([coreState, code, zh, en], index) => {
    addNewEntry(ctx, {
      kind: 'sub_status',
      code,
      label: { zh, en },
      parentId: null,
      coreState,
      sort: order(index),
    })
  })
}

/** Places are ten apart, so that a shop can put one of its own between two. */
function order(index: number): number {
  return (index + 1) * 10
}

/** Adds categories with their check lists; answers code → id. */
function addCategories(ctx: CommandContext): Map<string, number> {
  const ids = new Map<string, number>()
  seedCategories.forEach(
    ({ code, zh, en, checks, minPhotos = 0, needsSerial = false, needsChecks = false }, index) => {
      const sort = code === 'other' ? 9_990 : order(index)
      const extras = { minPhotos, needsSerial, needsChecks }
      const category = addNewEntry(ctx, {
        kind: 'device_category',
        code,
        label: { zh, en },
        parentId: null,
        sort,
        ...extras,
      })
      ids.set(code, category.id)
      const items = seedChecks[checks] ?? []
      items.forEach(([itemZh, itemEn], place) => {
        const label = { zh: itemZh, en: itemEn }
        const itemCode = `${code}-${place + 1}`
        addNewEntry(ctx, {
          kind: 'check_item',
          code: itemCode,
          label,
          parentId: category.id,
          sort: order(place),
        })
      })
    },
  )
  return ids
}

/**
 * The test lists a shop starts with, for the categories that still carry the program's codes. Founding calls it;
 * it is also for a file founded before there were test items.
 */
export function seedTestItems(ctx: CommandContext): void {
  for (const { code, tests } of seedCategories) {
    const category = tests === undefined ? undefined : entryByCode(ctx.db, 'device_category', code)
    const items = tests === undefined ? [] : (seedTests[tests] ?? [])
    items.forEach(([zh, en], place) => {
      const itemCode = `${code}-${place + 1}`
      if (!category || entryByCode(ctx.db, 'test_item', itemCode)) return
      const fields = { label: { zh, en }, parentId: category.id, sort: order(place) }
      addNewEntry(ctx, { kind: 'test_item', code: itemCode, ...fields })
    })
  }
}

function addBrands(ctx: CommandContext, categories: ReadonlyMap<string, number>, country: string): void {
  const atHome = (brand: { cn?: true }) => (brand.cn === true) === (country === 'CN')
  const brands = [...seedBrands.filter(atHome), ...seedBrands.filter((brand) => !atHome(brand))]
  brands.forEach(({ zh, en, models = [] }, index) => {
    const brand = addNewEntry(ctx, { kind: 'brand', label: { zh, en }, parentId: null, sort: order(index) })
    models.forEach(([name, category], place) => {
      addNewEntry(ctx, {
        kind: 'model',
        label: { zh: name, en: name },
        parentId: brand.id,
        categoryId: categories.get(category) ?? null,
        sort: order(place),
      })
    })
  })
}

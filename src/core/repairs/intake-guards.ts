import type { InputOf } from '#contract/method-types.ts'
import type { IntakeItem } from '#contract/repairs.ts'
import { serialKey } from '#contract/names.ts'
import type { CommandContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { requireEntry, type UsableEntry } from '../dictionaries/steps.ts'
import { checkFinished, checkFinishedTest } from './finish-at-counter.ts'
import type { Problems } from './intake-problems.ts'
import { requireNotPast } from './repairs.ts'
import { requireSuspension } from './suspend-repair.ts'
import { checkItemsOf } from './views-intake.ts'

/** The visit itself: a signature or the reason why there is none. */
export function checkVisit(ctx: CommandContext, input: InputOf<'repairs.receive'>, problems: Problems): void {
  if (input.signatureUid === null) {
    if (input.noSignatureReason === null) problems.add('signatureUid', 'repair.signature_required')
    else if (input.noSignatureReason === 'other' && input.noSignatureNote === '') {
      problems.add('noSignatureNote', 'field.required')
    }
  }
  const newest = ctx.settings.termsVersion
  if (input.termsVersion !== null && input.termsVersion > newest) {
    problems.add('termsVersion', 'field.out_of_range', { max: newest })
  }
  checkNoDoubles(input.items, problems)
}

/** One device, one photo and one serial belong to one item of a visit. */
function checkNoDoubles(items: readonly IntakeItem[], problems: Problems): void {
  const seen = new Set<string>()
  const once = (key: string, path: string): void => {
    if (seen.has(key)) problems.add(path, 'field.duplicate')
    seen.add(key)
  }
  items.forEach((item, index) => {
    if ('id' in item.device) once(`device ${item.device.id}`, `items.${index}.device`)
    else {
      const { serial, categoryId } = item.device.new
      const key = serialKey(serial)
      // Makers of different goods reuse numbers: a serial names one device of its category.
      if (key !== null) once(`serial ${categoryId} ${key}`, `items.${index}.device.new.serial`)
    }
    item.photoUids.forEach((uid, at) => once(`photo ${uid}`, `items.${index}.photoUids.${at}`))
  })
}

/** Everything of one item that does not depend on the device. */
export function checkItem(ctx: CommandContext, item: IntakeItem, at: string, problems: Problems): void {
  const { visit } = item
  if (visit.faultText === '' && !visit.faultUnknown) problems.add(`${at}.visit.faultText`, 'field.required')
  for (const field of ['requestedOn', 'dueOn'] as const) {
    const day = visit[field]
    if (day !== null) problems.check(() => requireNotPast(day, ctx.today, `${at}.visit.${field}`))
  }
  const { problemTypeId } = visit
  if (problemTypeId !== null) {
    problems.check(() => requireEntry(ctx, 'problem_type', problemTypeId, `${at}.visit.problemTypeId`))
  }
  item.accessories.forEach((accessory, index) =>
    problems.check(() => requireAccessory(ctx, accessory, `${at}.accessories.${index}.`)),
  )
  const { suspend } = item
  if (suspend) problems.check(() => requireSuspension(ctx, suspend, `${at}.suspend.`))
  checkPasscode(item, at, problems)
  checkFinished(ctx, item, at, problems)
}

/** An accessory is one of the shop's list or named in words. Answers its name. */
export function requireAccessory(
  ctx: CommandContext,
  accessory: { accessoryId: number | null; name: string },
  path: string,
): string {
  const { accessoryId, name } = accessory
  if (accessoryId !== null) {
    const { label } = requireEntry(ctx, 'accessory', accessoryId, `${path}accessoryId`)
    return name === '' ? label.zh : name
  }
  if (name === '') throw fieldError(`${path}name`, 'field.required')
  return name
}

const passcodeShapes = { digits: /^\d+$/, text: /^[^\p{Cc}]+$/u, pattern: /^[1-9](-?[1-9])*$/ } as const

/** A passcode says what it is and looks like it; the code itself never stands in an error. */
function checkPasscode(item: IntakeItem, at: string, problems: Problems): void {
  if (item.passcode === null || item.passcode === '') return
  if (item.passcodeKind === null) problems.add(`${at}.passcodeKind`, 'field.required')
  else if (!passcodeShapes[item.passcodeKind].test(item.passcode))
    problems.add(`${at}.passcode`, 'field.format')
}

/** What the category of the device asks for: photos, a serial or IMEI, the whole check list, a test when it is finished. */
export function checkCategory(
  ctx: CommandContext,
  category: UsableEntry,
  item: IntakeItem,
  identified: boolean,
  at: string,
  problems: Problems,
): void {
  const photos = item.photoUids.length
  if (photos < category.minPhotos) {
    problems.add(`${at}.photoUids`, 'repair.photos_required', { min: category.minPhotos, count: photos })
  }
  if (category.needsSerial && !identified) {
    problems.add('id' in item.device ? `${at}.device` : `${at}.device.new.serial`, 'field.required')
  }
  if (item.checks.length > 0 || category.needsChecks) checkChecks(ctx, category, item, at, problems)
  checkFinishedTest(ctx, category.id, item, at, problems)
}

/** Each answer is to an item of the category's list, and none is missing where the category asks for all. */
function checkChecks(
  ctx: CommandContext,
  category: UsableEntry,
  item: IntakeItem,
  at: string,
  problems: Problems,
): void {
  const list = checkItemsOf(ctx.db, category.id)
  const answered = new Set<number>()
  item.checks.forEach(({ itemId }, index) => {
    const path = `${at}.checks.${index}.itemId`
    if (answered.has(itemId)) problems.add(path, 'field.duplicate')
    answered.add(itemId)
    const active = list.get(itemId)
    if (active !== 1) problems.add(path, active === undefined ? 'field.not_found' : 'field.inactive')
  })
  if (!category.needsChecks) return
  const missing = [...list].filter(([id, active]) => active === 1 && !answered.has(id)).length
  if (missing > 0) problems.add(`${at}.checks`, 'repair.checks_required', { missing })
}

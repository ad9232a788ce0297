import { repairOutcomes, type RepairOutcome } from '#contract/repair-states.ts'
import { ensureEntry } from '../dictionaries/steps.ts'
import { fieldError } from '../kernel/app-error.ts'
import {
  insertImportedRepair,
  numberTaken,
  updateImportedRepair,
  type ImportedRepair,
} from '../repairs/steps.ts'
import type { Applier, RowContext } from './apply-rows.ts'
import { customerFor } from './import-customer.ts'
import { deviceFor, productOf } from './import-device.ts'
import { numberOf, textOf, type Values } from './imports.ts'

function outcomeOf(values: Values): RepairOutcome | null {
  const outcome = textOf(values, 'outcome')
  return repairOutcomes.find((one) => one === outcome) ?? null
}

/** An age of 1.5 years is kept as 1: the column counts whole years, as the files do. */
function wholeYears(values: Values): number | null {
  const years = numberOf(values, 'deviceAgeYears')
  return years === null ? null : Math.floor(years)
}

type Facts = Omit<ImportedRepair, 'customerId' | 'deviceId' | 'product'>

function factsOf(row: RowContext, values: Values): Facts {
  const problem = textOf(values, 'problemType')
  return {
    number: textOf(values, 'number'),
    receivedOn: textOf(values, 'receivedOn') ?? row.ctx.today,
    closedOn: textOf(values, 'closedOn'),
    open: values['outcome'] === 'in_progress',
    problemTypeId:
      problem === null ? null : ensureEntry(row.ctx, 'problem_type', { zh: problem, en: problem }),
    faultText: textOf(values, 'faultText') ?? '',
    outcome: outcomeOf(values),
    estimateMinor: numberOf(values, 'priceMinor'),
    internalNote: textOf(values, 'notes') ?? '',
    otherReference: (textOf(values, 'sourceKey') ?? row.key).slice(0, 80),
    barrier: textOf(values, 'barrier') ?? '',
    place: textOf(values, 'place') ?? '',
    country: textOf(values, 'country') ?? '',
    ageYears: wholeYears(values),
    source: row.source,
    sourceKey: row.key,
  }
}

export const importRepair: Applier = (row, values, entityId) => {
  const { ctx } = row
  const facts = factsOf(row, values)
  const product = productOf(ctx, values)
  if (entityId !== null) {
    // Customer and device were settled the first time; the shop may have corrected them since.
    updateImportedRepair(ctx, entityId, { ...facts, customerId: null, deviceId: 0, product: [] })
    return entityId
  }
  if (facts.number !== null && numberTaken(ctx.db, facts.number))
    throw fieldError('number', 'field.duplicate')
  const customerId = customerFor(ctx, textOf(values, 'customerName'), textOf(values, 'customerPhone'))
  const deviceId = deviceFor(ctx, values, product, customerId)
  return insertImportedRepair(ctx, {
    ...facts,
    customerId,
    deviceId,
    product: [product.categoryId, product.brandId],
  }).id
}

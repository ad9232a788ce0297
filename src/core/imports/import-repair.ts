import { repairOutcomes, type RepairOutcome } from '#contract/repair-states.ts'
import { fieldError } from '../kernel/app-error.ts'
import { updateImportedRepair, type ImportedFacts } from '../repairs/steps.ts'
import type { Applier, Batch } from './batch.ts'
import { customerFor } from './import-customer.ts'
import { deviceFor, productOf } from './import-device.ts'
import { numberOf, textOf, type Values } from './imports.ts'

const outcomes = new Map<string, RepairOutcome>(repairOutcomes.map((outcome) => [outcome, outcome]))

/** An age of 1.5 years is kept as 1: the column counts whole years, as the files do. */
function wholeYears(values: Values): number | null {
  const years = numberOf(values, 'deviceAgeYears')
  return years === null ? null : Math.floor(years)
}

function factsOf(batch: Batch, key: string, values: Values): ImportedFacts {
  const problem = textOf(values, 'problemType')
  const text = (field: string) => textOf(values, field) ?? ''
  return {
    receivedOn: textOf(values, 'receivedOn') ?? batch.ctx.today,
    closedOn: textOf(values, 'closedOn'),
    open: values['outcome'] === 'in_progress',
    problemTypeId: problem === null ? null : batch.entry('problem_type', problem),
    faultText: text('faultText'),
    outcome: outcomes.get(text('outcome')) ?? null,
    estimateMinor: numberOf(values, 'priceMinor'),
    internalNote: text('notes'),
    otherReference: (textOf(values, 'sourceKey') ?? key).slice(0, 80),
    barrier: text('barrier'),
    place: text('place'),
    country: text('country'),
    ageYears: wholeYears(values),
    source: batch.source,
    provider: text('provider'),
  }
}

export const importRepair: Applier = (batch, { key, values }, entityId) => {
  const { ctx } = batch
  if (entityId !== null) {
    // Customer and device were settled the first time; the shop may have corrected them since.
    updateImportedRepair(ctx, entityId, factsOf(batch, key, values))
    return { id: entityId, isNew: false }
  }
  const number = textOf(values, 'number')
  if (number !== null && batch.repairs.hasNumber(number)) throw fieldError('number', 'field.duplicate')
  const facts = factsOf(batch, key, values)
  const product = productOf(batch, values)
  const customerId = customerFor(ctx, textOf(values, 'customerName'), textOf(values, 'customerPhone'))
  const device = deviceFor(ctx, values, product, customerId)
  const id = batch.repairs.add({
    ...facts,
    number,
    customerId,
    deviceId: device.id,
    deviceIsNew: device.isNew,
    product: [product.categoryId, product.brandId],
    modelText: device.modelText,
    sourceKey: key,
  })
  return { id, isNew: true }
}

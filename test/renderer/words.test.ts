import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { methods } from '#contract/billing.ts'
import { chargeKinds, payers } from '#contract/charges.ts'
import { channels, customerKinds, customerTiers } from '#contract/customers.ts'
import { purchaseProofs } from '#contract/devices.ts'
import { dictionaryKinds } from '#contract/dictionaries.ts'
import { languages } from '#contract/fields.ts'
import { noticeChannels, noticeKinds } from '#contract/notices.ts'
import { builtInRoles, permissions } from '#contract/permissions.ts'
import {
  attemptResults,
  closeKinds,
  lockReasons,
  repairActions,
  repairOutcomes,
  repairStates,
  satisfactions,
} from '#contract/repair-states.ts'
import { approvalStanding, decisionWays, quoteStates, sendingWays } from '#contract/quotes.ts'
import { externalKinds, externalResults, testResults } from '#contract/work.ts'
import {
  backupStates,
  checkResults,
  intakeChannels,
  noSignatureReasons,
  partsPolicies,
  priorities,
  warrantyKinds,
} from '#contract/repairs.ts'
import { moveReasons, placeKinds } from '#contract/stock-model.ts'
import { repairPartStates } from '#contract/stock-model.ts'

/* The window puts these keys together from codes of the contract, so no search of its sources can find them. */
const lists: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['states.state', repairStates],
  ['states.stateHint', repairStates],
  ['states.action', repairActions],
  ['states.lock', lockReasons],
  ['states.attempt', attemptResults],
  ['states.outcome', repairOutcomes],
  ['states.close', closeKinds],
  ['states.satisfaction', satisfactions],
  ['states.priority', priorities],
  ['states.channel', intakeChannels],
  ['states.check', checkResults],
  ['states.backup', backupStates],
  ['states.partsPolicy', partsPolicies],
  ['states.warranty', warrantyKinds],
  ['states.noSignature', noSignatureReasons],
  ['billing.method', methods],
  ['billing.payer', payers],
  ['billing.chargeKind', chargeKinds],
  ['notices.kind', noticeKinds],
  ['notices.channel', noticeChannels],
  ['timeline.toldBy', noticeChannels],
  ['repairParts.state', repairPartStates],
  ['timeline.title.partState', repairPartStates],
  ['quotes.state', quoteStates],
  ['quotes.way', [...new Set([...sendingWays, ...decisionWays])]],
  ['quotes.standing', approvalStanding.shape.state.options],
  ['quotes.standingText', approvalStanding.shape.state.options],
  ['work.test.result', testResults],
  ['work.outside.kind', externalKinds],
  ['work.outside.resultOf', externalResults],
  ['permissions.name', permissions],
  ['permissions.group', [...new Set(permissions.map((permission) => permission.split('.')[0] ?? ''))]],
  ['permissions.role', builtInRoles],
  ['dictionaries.kind', dictionaryKinds],
  ['customers.kind', customerKinds],
  ['customers.tier', customerTiers],
  ['customers.channel', channels],
  ['devices.proof', purchaseProofs],
  ['common.languageName', languages],
  ['parts.place', placeKinds],
  ['parts.move.reason', moveReasons],
]

function textAt(language: string, key: string): unknown {
  const [file = '', ...path] = key.split('.')
  const folder = join(import.meta.dirname, '../../src/renderer/src/locales', language)
  const tree: unknown = JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8'))
  return path.reduce<unknown>(
    (branch, step) => (typeof branch === 'object' && branch !== null ? Reflect.get(branch, step) : undefined),
    tree,
  )
}

describe.each(languages)('what the window says in %s', (language) => {
  test.each(lists)('%s has a word for everything the shop can meet', (prefix, codes) => {
    const wordless = codes.filter((code) => typeof textAt(language, `${prefix}.${code}`) !== 'string')
    expect(wordless).toEqual([])
  })
})

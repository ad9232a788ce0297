import type { CustomerInput } from '#contract/customers.ts'
import type { DeviceInput } from '#contract/devices.ts'
import type { GivenInput } from '@/client/commands.ts'
import { finishedTest } from './finished-test.ts'
import type { CustomerForm, DeviceForm, IntakeForm, ItemForm } from './form.ts'
import type { Demands } from './missing.ts'

export type ReceiveInput = GivenInput<'repairs.receive'>

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

function newCustomer({ phone, phone2, email, contactName, ...rest }: CustomerForm['new']): CustomerInput {
  return {
    ...rest,
    // Who may pay later is set on the customer's own page, not while a queue waits.
    onAccount: false,
    paymentDays: 0,
    email: orNull(email),
    phones: [phone, phone2].filter((number) => number.trim() !== '').map((number) => ({ number, label: '' })),
    contacts:
      rest.kind === 'company' && contactName.trim() !== ''
        ? [{ name: contactName, role: '', phone: null, email: null }]
        : [],
  }
}

function customerOf({ mode, known, new: typed }: CustomerForm): ReceiveInput['customer'] {
  if (mode === 'shop') return null
  return mode === 'known' && known ? { id: known.id } : { new: newCustomer(typed) }
}

function newDevice(device: DeviceForm, categoryId: number): DeviceInput {
  return { ...device, categoryId, imei1: orNull(device.imei1), imei2: orNull(device.imei2) }
}

/** The item's device; undefined while a new one has no category. */
function deviceOf(item: ItemForm): ReceiveInput['items'][number]['device'] | undefined {
  if (item.known) return { id: item.known.id }
  const { categoryId } = item.device
  return categoryId === null ? undefined : { new: newDevice(item.device, categoryId) }
}

function itemOf(
  item: ItemForm,
  device: ReceiveInput['items'][number]['device'],
  { checkIds, testIds }: Pick<Demands, 'checkIds' | 'testIds'>,
): ReceiveInput['items'][number] {
  const { suspend, finished } = item
  return {
    device,
    visit: { ...item.visit },
    // Answers of another category's list stay in the draft only: the clerk may come back to it.
    checks: Object.entries(item.checks)
      .map(([id, answer]) => ({ itemId: Number(id), result: answer.result, note: answer.note }))
      .filter((check) => checkIds.has(check.itemId)),
    accessories: item.accessories.map((accessory) => ({ ...accessory })),
    photoUids: [...item.photoUids],
    passcode: orNull(item.passcode),
    passcodeKind: item.passcode.trim() === '' ? null : item.passcodeKind,
    overrideReason: orNull(item.overrideReason),
    suspend:
      suspend.on && !finished.on && suspend.wakeOn !== null
        ? { reasonId: suspend.reasonId, reason: suspend.reason, wakeOn: suspend.wakeOn }
        : null,
    ...(finished.on && finished.engineerId !== null
      ? {
          finished: {
            engineerId: finished.engineerId,
            outcome: finished.outcome,
            findings: finished.findings,
            testResults: finishedTest(finished, testIds).results,
          },
        }
      : {}),
  }
}

/**
 * The form as `repairs.receive` takes it, or undefined while something is missing without which it cannot even be
 * said (missing.ts names it). `demandsOf` answers the lists of a device's category.
 */
export function receiveInput(
  form: IntakeForm,
  draftUid: string | null,
  termsVersion: number,
  demandsOf: (item: ItemForm) => Pick<Demands, 'checkIds' | 'testIds'>,
): ReceiveInput | undefined {
  const items: ReceiveInput['items'] = []
  for (const item of form.items) {
    const device = deviceOf(item)
    if (!device) return undefined
    items.push(itemOf(item, device, demandsOf(item)))
  }
  const signed = form.signatureUid !== null
  return {
    draftUid,
    channel: form.channel,
    customer: customerOf(form.customer),
    signatureUid: form.signatureUid,
    noSignatureReason: signed ? null : form.noSignatureReason,
    noSignatureNote: signed ? '' : form.noSignatureNote,
    // The terms on the page apply, signed or not; without a signature the reason for it stands beside them.
    termsVersion,
    items,
  }
}

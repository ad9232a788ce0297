import { randomUUID } from 'node:crypto'
import type { Language } from '#contract/fields.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { AppError } from '#core/app.ts'
import type { AccessoryLabelsData, Documents, IntakeSheetData } from '../documents/index.ts'
import { repairLink } from '../documents/link.ts'
import { program } from '../program.ts'
import type { TaskContext, TaskHandler } from './tasks.ts'

type Settings = OutputOf<'settings.get'>['settings']

function word(label: { zh: string; en: string }, language: Language): string {
  return language === 'zh-CN' ? label.zh : label.en
}

/** A kept picture (logo, signature); a paper without it is still a paper, so a file that is gone is no error. */
export async function pictureOf(ctx: TaskContext, uid: string | null): Promise<Uint8Array | null> {
  if (!uid) return null
  try {
    return await ctx.files.read(ctx.app.run('files.locate', { uid }, program).sha256)
  } catch {
    return null
  }
}

/** Everything a document of one repair needs, in the customer's language unless another is asked for. */
async function sheetData(
  ctx: TaskContext,
  uid: string,
  asked: Language | undefined,
  settings: Settings,
  logo: Uint8Array | null,
): Promise<IntakeSheetData> {
  const repair = ctx.app.run('repairs.get', { uid }, program)
  const device = ctx.app.run('devices.get', { uid: repair.deviceUid }, program)
  const customer = repair.customerUid
    ? ctx.app.run('customers.get', { uid: repair.customerUid }, program)
    : null
  const language = asked ?? customer?.language ?? settings.defaultLanguage
  return {
    language,
    shop: {
      name: settings.name,
      address: settings.address,
      phone: settings.phone,
      logo,
      terms: settings.terms[language],
      timeZone: settings.timeZone,
      currency: settings.currency,
    },
    customer,
    device: {
      ...device,
      category: word(device.category, language),
      knownDefects: device.knownDefects.map((defect) => defect.text),
    },
    repair: {
      ...repair,
      link: repairLink(repair.uid),
      promisedOn: repair.dueOn,
      problemType: repair.problemType ? word(repair.problemType, language) : null,
      reworkOfNumber: repair.reworkOf?.number ?? null,
      clerk: repair.clerkName,
    },
    checks: repair.checks.map((check) => ({
      label: word(check.label, language),
      result: check.result,
      note: check.note,
    })),
    accessories: repair.accessories.map((item) => ({ name: word(item.name, language), serial: item.serial })),
    signature: await pictureOf(ctx, repair.signatureUid),
    noSignatureReason: repair.noSignatureReason as IntakeSheetData['noSignatureReason'],
    noSignatureNote: repair.noSignatureNote,
    termsVersion: repair.termsVersion,
  }
}

/** Where the customer follows the repair; null while no address of the shop's can be reached from outside this computer. */
export function customerLink(ctx: TaskContext, uid: string, base: string | null): string | null {
  if (base === null) return null
  const { id } = ctx.app.run('repairs.get', { uid }, program)
  const { path } = ctx.app.run('notices.reportLink', { commandId: randomUUID(), repairId: id }, program)
  return `${base}${path}`
}

/** The PDF of one or several repairs. Errors: `document.nothing_to_print` for accessory labels without accessories. */
export function renderDocument(
  documents: Documents,
  reportBase: (settings: Settings) => string | null,
): TaskHandler<'documents.render'> {
  return async (ctx, input) => {
    const { settings } = ctx.app.run('settings.get', {}, program)
    const data: IntakeSheetData[] = []
    const logo = await pictureOf(ctx, settings.logoUid)
    const base = input.kind === 'intake_a4' || input.kind === 'intake_80mm' ? reportBase(settings) : null
    for (const uid of input.repairUids) {
      const sheet = await sheetData(ctx, uid, input.language, settings, logo)
      data.push({ ...sheet, repair: { ...sheet.repair, customerLink: customerLink(ctx, uid, base) } })
    }
    const bytes = await renderKind(documents, input.kind, data)
    if (!bytes) throw new AppError('document.nothing_to_print')
    const number = data
      .map((one) => one.repair.number)
      .join('-')
      .slice(0, 60)
    return new File([new Uint8Array(bytes)], `${input.kind}-${number}.pdf`, { type: 'application/pdf' })
  }
}

function renderKind(
  documents: Documents,
  kind: 'intake_a4' | 'intake_80mm' | 'device_label' | 'accessory_labels',
  data: readonly (IntakeSheetData & AccessoryLabelsData)[],
): Promise<Uint8Array | null> {
  switch (kind) {
    case 'intake_a4':
      return documents.renderIntakeSheetA4(data)
    case 'intake_80mm':
      return documents.renderIntakeSheet80mm(data)
    case 'device_label':
      return documents.renderDeviceLabel(data)
    case 'accessory_labels':
      return documents.renderAccessoryLabels(data)
  }
}

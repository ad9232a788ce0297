import type { Language } from '#contract/fields.ts'

import { formatDay, formatMoment, formatMoney } from './format.ts'
import { fill, messages } from './messages.ts'
import type { Messages } from './messages.ts'
import { readPicture } from './pictures.ts'
import type { Picture } from './pictures.ts'
import { oneLine, printable } from './text.ts'
import type { CheckData, IntakeSheetData } from './types.ts'

/** One thing a sheet states: what it is, and its value on one line of any length. */
export interface Fact {
  label: string
  value: string
  /** Printed bold: what must not be overlooked. */
  strong?: boolean
}

/** An intake sheet as texts in the customer's language, without any idea of paper. */
export interface Sheet {
  language: Language
  texts: Messages
  number: string
  link: string
  /** Behind the QR of the customer's copy. */
  customerLink: string
  received: string
  promised: string
  shopName: string
  /** Address and telephone. */
  shopLines: string[]
  logo: Picture | null
  /** Paragraphs apart by line breaks. */
  fault: string
  customer: Fact[]
  device: Fact[]
  circumstances: Fact[]
  checks: Fact[]
  accessoriesTitle: string
  accessories: Fact[]
  agreed: Fact[]
  termsTitle: string
  terms: string
  signature: Picture | null
  /** What the customer signs. */
  agreement: string
  /** Printed where the signature would stand. */
  unsigned: string
  clerk: string
  bin: string
}

/* A pen line on a phone's screen is about 3 px wide; at this size it stays one on paper. */
const signaturePixels = { width: 600, height: 240 }
const logoPixels = { width: 500, height: 250 }

/** Facts of `pairs` that say something. */
function facts(
  ...pairs: readonly (readonly [label: string, value: string | null | undefined, strong?: boolean])[]
): Fact[] {
  return pairs
    .map(([label, value, strong]) => ({ label, value: oneLine(value), strong: strong ?? false }))
    .filter((fact) => fact.value !== '')
}

/** Punctuation between and around the parts of a value. */
const separators = {
  'zh-CN': { item: '、', group: '；', open: '（', close: '）' },
  en: { item: ', ', group: '; ', open: ' (', close: ')' },
} as const

/** `text` in the language's brackets, to stand behind what it explains; nothing for nothing. */
function aside(text: string | null | undefined, language: Language): string {
  const { open, close } = separators[language]
  return text ? open + text + close : ''
}

function customerFacts(data: IntakeSheetData, texts: Messages): Fact[] {
  const { customer, repair, language } = data
  const mark = separators[language]
  const collector = facts([texts['customer.may_collect'], repair.mayCollect])
  if (!customer) return [...facts([texts['customer.name'], texts['customer.none']]), ...collector]
  const consent = customer.consentToContact ?? null
  return [
    ...facts(
      [texts[customer.kind === 'company' ? 'customer.company' : 'customer.name'], customer.name, true],
      [
        texts['customer.phones'],
        customer.phones.map((p) => p.number + aside(p.label, language)).join(mark.item),
      ],
      [
        texts['customer.contacts'],
        (customer.contacts ?? [])
          .slice(0, 2)
          .map((c) => [c.name + aside(c.role, language), c.phone].filter(Boolean).join(' '))
          .join(mark.item),
      ],
      [texts['customer.email'], customer.email],
      [texts['customer.address'], customer.address],
      [texts['customer.tax_number'], customer.taxNumber],
      [texts['customer.channel'], customer.channel && texts[`channel.${customer.channel}`]],
      [texts['customer.consent'], consent === null ? '' : texts[consent ? 'answer.yes' : 'answer.no']],
    ),
    ...collector,
  ]
}

function deviceFacts(data: IntakeSheetData, texts: Messages): Fact[] {
  const { device, language } = data
  const mark = separators[language]
  const lock = device.accountLocked ?? null
  const named = [device.brand, device.model].filter(Boolean).join(' ')
  const proof = device.purchaseProof && texts[`proof.${device.purchaseProof}`]
  return facts(
    [texts['device.what'], named ? named + aside(device.category, language) : device.category, true],
    [texts['device.serial'], device.serial || texts['device.no_serial']],
    [texts['device.imei1'], device.imei1],
    [texts['device.imei2'], device.imei2],
    [texts['device.colour'], device.colour],
    [texts['device.purchased'], device.purchasedOn && formatDay(device.purchasedOn, language)],
    [texts['device.proof'], proof],
    [texts['device.seller'], device.seller],
    [texts['device.account_lock'], lock === null ? '' : texts[lock ? 'lock.on' : 'lock.off'], lock === true],
    [texts['device.defects'], device.knownDefects.join(mark.group)],
  )
}

function circumstanceFacts(data: IntakeSheetData, texts: Messages): Fact[] {
  const { repair, language } = data
  const events = (['dropped', 'liquid', 'intermittent'] as const).filter((event) => repair[event])
  return facts(
    [texts['fault.type'], repair.problemType],
    [texts['fault.since'], repair.faultSince],
    [texts['fault.events'], events.map((event) => texts[`fault.${event}`]).join(separators[language].item)],
    [texts['fault.backup'], texts[`backup.${repair.backup}`]],
    [texts['fault.rework'], repair.reworkOfNumber],
  )
}

function checkFacts(data: IntakeSheetData, texts: Messages): Fact[] {
  const mark = separators[data.language]
  const told = (check: CheckData) => check.label + aside(check.note, data.language)
  return facts(
    ...(['faulty', 'untestable', 'works'] as const).map((result) => {
      const found = data.checks.filter((check) => check.result === result)
      return [texts[`check.${result}`], found.map(told).join(mark.item), result === 'faulty'] as const
    }),
  )
}

function accessoryFacts(data: IntakeSheetData, texts: Messages): Fact[] {
  return data.accessories.map((accessory, index) => {
    const serial = accessory.serial ? fill(texts['accessory.serial'], { serial: accessory.serial }) : ''
    return { label: `${index + 1}`, value: oneLine(accessory.name + aside(serial, data.language)) }
  })
}

function agreedFacts(data: IntakeSheetData, texts: Messages): Fact[] {
  const { repair, shop, language } = data
  const money = (minor: number | null | undefined) =>
    minor === null || minor === undefined ? '' : formatMoney(minor, shop.currency, language)
  const ceiling = money(repair.ceilingMinor)
  return facts(
    [texts['agreed.estimate'], money(repair.estimateMinor)],
    [texts['agreed.ceiling'], ceiling && fill(texts['agreed.ceiling_value'], { amount: ceiling })],
    [texts['agreed.bench_fee'], money(repair.benchFeeMinor)],
    [texts['agreed.deposit'], money(repair.depositMinor)],
    [texts['agreed.priority'], texts[`priority.${repair.priority}`], repair.priority === 'urgent'],
    [texts['agreed.requested'], repair.requestedOn && formatDay(repair.requestedOn, language)],
    [texts['agreed.warranty'], texts[`warranty.${repair.warrantyKind}`]],
    [texts['agreed.parts'], texts[`parts.${repair.partsPolicy}`]],
    [texts['agreed.old_part'], texts[repair.oldPartBack ? 'agreed.old_part_back' : 'agreed.old_part_keep']],
    [
      texts['agreed.data_loss'],
      texts[repair.dataLossWaiver ? 'agreed.data_loss_accepted' : 'agreed.data_loss_open'],
    ],
    [texts['agreed.reference'], repair.otherReference],
  )
}

function faultText(data: IntakeSheetData, texts: Messages): string {
  const told = printable(data.repair.faultText)
  const unknown = data.repair.faultUnknown ? texts['fault.unknown'] : ''
  return [unknown, told].filter(Boolean).join('\n') || texts['fault.none']
}

function unsignedText(data: IntakeSheetData, texts: Messages, readable: boolean): string {
  if (data.signature) return readable ? '' : texts['sign.unreadable']
  if (!data.noSignatureReason) return ''
  const reason =
    texts[`no_signature.${data.noSignatureReason}`] + aside(oneLine(data.noSignatureNote), data.language)
  return fill(texts['sign.missing'], { reason })
}

/** The pictures of `sheets` by name, as the PDF library wants them. */
export function picturesOf(sheets: readonly Sheet[]): Record<string, string> {
  const pictures = sheets
    .flatMap((sheet) => [sheet.logo, sheet.signature])
    .filter((picture) => picture !== null)
  return Object.fromEntries(pictures.map((picture) => [picture.name, picture.url]))
}

function agreement(data: IntakeSheetData, texts: Messages): string {
  if (data.noSignatureReason && !data.signature) return ''
  return texts[data.shop.terms.trim() === '' ? 'sign.agree_no_terms' : 'sign.agree']
}

/** Turns the data of a repair into what its sheets say (domain §3.1 "Fields"). */
export function composeSheet(data: IntakeSheetData): Sheet {
  const { shop, repair, language } = data
  const texts = messages[language]
  const version = data.termsVersion ?? null
  const signature = readPicture(data.signature, signaturePixels.width, signaturePixels.height)
  const phone = oneLine(shop.phone)
  return {
    language,
    texts,
    number: oneLine(repair.number),
    link: repair.link,
    customerLink: repair.customerLink ?? repair.link,
    received: formatMoment(repair.receivedAt, shop.timeZone, language),
    promised: repair.promisedOn ? formatDay(repair.promisedOn, language) : texts['head.not_promised'],
    shopName: oneLine(shop.name),
    shopLines: [oneLine(shop.address), phone && fill(texts['head.phone'], { phone })].filter(Boolean),
    logo: readPicture(shop.logo, logoPixels.width, logoPixels.height),
    fault: faultText(data, texts),
    customer: customerFacts(data, texts),
    device: deviceFacts(data, texts),
    circumstances: circumstanceFacts(data, texts),
    checks: checkFacts(data, texts),
    accessoriesTitle: fill(texts['section.accessories'], { n: data.accessories.length }),
    accessories: accessoryFacts(data, texts),
    agreed: agreedFacts(data, texts),
    termsTitle: version === null ? texts['section.terms'] : fill(texts['section.terms_version'], { version }),
    terms: printable(shop.terms),
    signature,
    agreement: agreement(data, texts),
    unsigned: unsignedText(data, texts, signature !== null),
    clerk: oneLine(repair.clerk),
    bin: oneLine(repair.bin),
  }
}

import { importErrorCodes, stockErrorCodes } from './error-codes.ts'

/**
 * Every error a person can act on has a code here and a text in each locale
 * (`errors.<code>` in src/renderer/src/locales). Anything else is a bug and
 * crosses the boundary as `internal` with a trace id.
 */
export const errorCodes = [
  // The boundary itself.
  'internal',
  'not_found',
  'forbidden',
  'session.required',
  'session.expired',
  'session.wrong_password',
  'session.wrong_pin',
  'session.locked_out',
  'session.user_inactive',
  'session.too_many_seats',
  'setup.already_done',
  'setup.required',
  'setup.only_here',
  'setup.not_ours',
  'setup.broken_off',
  'command.reused',
  'command.busy',
  'stale',
  'database.newer',
  'database.older',
  'database.changed_migration',
  'database.damaged',
  'database.full',
  'database.read_only',
  'database.sealed',
  'database.in_use',
  'connection.lost',
  'request.too_large',
  'request.malformed',
  // One field of an input; these stand in `fields` of `input.invalid`.
  'input.invalid',
  'field.required',
  'field.wrong_type',
  'field.unknown',
  'field.too_long',
  'field.too_short',
  'field.too_many',
  'field.too_few',
  'field.control_character',
  'field.not_a_date',
  'field.not_an_amount',
  'field.not_a_number',
  'field.too_many_decimals',
  'field.out_of_range',
  'field.not_an_option',
  'field.format',
  'field.duplicate',
  'field.in_future',
  'field.in_past',
  'field.before',
  'field.after',
  'field.not_found',
  'field.inactive',
  'field.phone',
  'field.email',
  'field.imei',
  'field.time_zone',
  'field.currency',
  // Other seats on the shop's network.
  'lan.port_taken',
  'lan.port_forbidden',
  'lan.interface_gone',
  'lan.outside',
  'lan.failed',
  // People.
  'users.login_taken',
  'users.last_owner',
  'users.owners_rights',
  'users.own_account',
  'users.weak_password',
  'users.pin_format',
  'users.pin_taken',
  'roles.in_use',
  'roles.built_in',
  'roles.name_taken',
  // Base data.
  'dictionary.code_taken',
  'dictionary.in_use',
  'dictionary.wrong_kind',
  // Customers and devices.
  'customer.merge_self',
  'customer.merged',
  'customer.has_open_repairs',
  'customer.erased',
  'device.serial_taken',
  'device.imei_taken',
  // Repairs.
  'repair.serial_open',
  'repair.not_allowed_in_state',
  'repair.locked',
  'repair.not_locked',
  'repair.engineer_required',
  'repair.engineer_inactive',
  'repair.not_your_repair',
  'repair.due_date_passed',
  'repair.reason_required',
  'repair.wake_date_required',
  'repair.outcome_required',
  'repair.findings_required',
  'repair.consent_required',
  'repair.already_verified',
  'repair.photos_required',
  'repair.checks_required',
  'repair.signature_required',
  'repair.evidence_signed',
  'repair.sub_status_state',
  'repair.no_passcode',
  'repair.collected_by_required',
  'repair.contact_try_date_required',
  'repair.dissatisfaction_reason_required',
  // Files.
  'attachment.too_large',
  'attachment.not_an_image',
  'attachment.not_a_logo',
  'attachment.too_many',
  'attachment.missing',
  'document.nothing_to_print',
  // Quotes and approval.
  'quote.codes_required',
  'quote.not_a_draft',
  'quote.not_sent',
  'quote.expired',
  'quote.decided',
  'quote.option_unknown',
  'quote.over_ceiling',
  'quote.signature_required',
  'quote.approval_required',
  'quote.refused',
  ...stockErrorCodes,
  // Money.
  'tax.rate_missing',
  'tax.code_taken',
  'tax.default_required',
  'price.name_required',
  'price.code_taken',
  'price.one_of',
  'charge.invoiced',
  'charge.waived',
  'charge.quoted',
  'charge.shares',
  'charge.discount_too_large',
  'charge.discount_not_allowed',
  'charge.goodwill_not_allowed',
  'charge.payer_customer',
  'charge.no_storage_fee',
  'invoice.nothing_to_bill',
  'invoice.total_changed',
  'invoice.clock_behind',
  'invoice.void',
  'invoice.has_payments',
  'invoice.credit_too_large',
  'invoice.not_an_invoice',
  'invoice.no_customer',
  'invoice.other_customer',
  'payment.too_large',
  'payment.allocations_differ',
  'payment.tendered_short',
  'payment.refund_too_large',
  'payment.no_deposit',
  'payment.already_reversed',
  'payment.repair_ended',
  'payment.applied_since',
  'payment.of_disposal',
  'shift.required',
  'shift.already_open',
  'shift.closed',
  'shift.not_yours',
  'shift.left_too_large',
  'shift.cash_short',
  'ledger.unbalanced',
  // Disposal of what nobody collects.
  'repair.disposed',
  'disposal.too_early',
  'disposal.no_final_notice',
  'disposal.media_not_wiped',
  'disposal.costs_too_large',
  'disposal.sale_required',
  'disposal.surplus_gone',
  'disposal.voided',
  // Hand-over and notices.
  'repair.unpaid',
  'repair.unbilled',
  'repair.accessory_left',
  'repair.hand_over_signature_required',
  'repair.not_a_rework',
  'notice.address_required',
  'notice.not_failed',
  'mail.not_set_up',
  // Backups.
  'backup.running',
  'backup.not_a_backup',
  'backup.damaged',
  'backup.files_missing',
  'backup.passphrase_required',
  'backup.wrong_passphrase',
  'backup.folder_missing',
  'backup.not_writable',
  'backup.no_space',
  'backup.same_folder',
  'backup.other_shop',
  'backup.broken_off',
  ...importErrorCodes,
  // The full export and its import; erasing a person.
  'export.running',
  'export.cancelled',
  'export.not_one',
  'export.damaged',
  'export.newer',
  'export.folder_not_empty',
  'privacy.repair_open',
  'privacy.money_open',
  'privacy.loaner_out',
  // The audit log and the look at who may do what.
  'audit.broken',
  'review.changed',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Values shown inside an error's text, by placeholder name. */
export type ErrorParams = Readonly<Record<string, string | number | boolean | null>>

/** One input field and what is wrong with it; `path` is dotted (`items.0.device.serial`). */
export interface FieldError {
  readonly path: string
  readonly code: ErrorCode
  readonly params?: ErrorParams
}

/** What an error carries across the boundary besides its code. */
export interface ErrorData {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly fields: readonly FieldError[]
  /** Present on `internal` only: what to look for in the host's log. */
  readonly traceId?: string
}

/** HTTP status of each code; every code not named here is 422. */
export const errorStatus: Partial<Record<ErrorCode, number>> = {
  internal: 500,
  not_found: 404,
  forbidden: 403,
  'session.required': 401,
  'session.expired': 401,
  'session.wrong_password': 401,
  'session.wrong_pin': 401,
  'session.locked_out': 429,
  'session.user_inactive': 401,
  'setup.required': 409,
  'setup.already_done': 409,
  'setup.only_here': 403,
  'command.reused': 409,
  stale: 409,
  'database.full': 507,
  'database.read_only': 503,
  'request.too_large': 413,
  'request.malformed': 400,
}

const known = new Set<string>(errorCodes)

/** True when the text is one of our error codes. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && known.has(text)
}

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
  'command.reused',
  'command.busy',
  'stale',
  'database.newer',
  'database.changed_migration',
  'database.damaged',
  'database.full',
  'database.read_only',
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
  // People.
  'users.login_taken',
  'users.last_owner',
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
  'attachment.too_many',
  'attachment.missing',
  'document.nothing_to_print',
  // Imports.
  'import.running',
  'import.file_missing',
  'import.file_empty',
  'import.file_too_large',
  'import.not_a_table',
  'import.encoding_unknown',
  'import.encoding_broken',
  'import.csv_truncated',
  'import.csv_malformed',
  'import.row_width',
  'import.column_missing',
  'import.column_duplicate',
  'import.header_missing',
  'import.no_rows',
  'import.profile_invalid',
  'import.profile_unknown',
  'import.sheet_missing',
  'import.value_required',
  'import.value_not_a_date',
  'import.value_not_a_number',
  'import.value_out_of_range',
  'import.value_unknown',
  'import.value_too_long',
  'import.value_destroyed',
  'import.key_duplicate',
  'import.cancelled',
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

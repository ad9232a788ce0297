/**
 * Columns that say nothing of a person, or nothing without those of classes.ts: numbers, states, times, amounts, and
 * what the shop itself wrote into its lists. A new column is put here or there, which a test proves.
 */
export const plainColumns: Readonly<Record<string, string>> = {
  attachments: 'id uid kind repair_id draft_uid mime size created_at',
  audit_log: 'id at method command_id result hash',
  charge_lines: `id uid repair_id kind source service_id part_id quantity unit_minor discount_minor includes_tax
    tax_code_id shares standard_minutes warranty_months invoice_id waived_at removed created_at`,
  commands: 'command_id method at',
  customer_contacts: 'id customer_id position',
  customer_phones: 'id customer_id position',
  customers: `id uid merged_into_id repairs_count open_repairs_count created_at updated_at version on_account
    payment_days erased_at`,
  day_counts: 'day kind count',
  device_defects: 'id device_id repair_uid noted_at resolved_at',
  device_owners: 'id device_id',
  devices: `id uid category_id brand_id model_id model_text colour made_in_year repairs_count created_at
    updated_at version`,
  dictionary_entries: `id uid kind code name_zh name_en name_key parent_id category_id core_state min_photos
    needs_serial needs_checks sort active repairs_count version`,
  disposals: 'id uid repair_id at on_day kind proceeds_minor costs_minor payment_id voided_at',
  drafts: 'id uid step updated_at version',
  external_jobs: 'id uid repair_id kind sent_at expected_on back_at result cost_minor version',
  goods_moves: `id uid at kind reason part_id loaner_id serial quantity from_place_id to_place_id pending_id
    reverses_id repair_id repair_part_id unit_cost_minor`,
  import_keys: 'id target source entity_id run_id line',
  import_profiles: 'id profile',
  import_rejects: 'id run_id line field code',
  import_runs: `id uid profile_id profile target file_name file_hash columns reading dry_run state rows
    line_done bytes_done bytes_total imported updated unchanged rejected error_code started_at
    ended_at`,
  invoice_lines: `invoice_id no charge_line_id repair_id original_no quantity unit_minor discount_minor rate_bp
    net_minor tax_minor gross_minor warranty_months`,
  invoice_voids: 'invoice_id at',
  invoices: `id uid number kind original_id payer repair_id currency prices_include_tax net_minor tax_minor
    rounding_minor gross_minor taxes issued_on issued_at due_on`,
  labour_credits: 'labour_id',
  labour_lines: `id uid repair_id service_id standard_minutes actual_minutes running_since done_on
    charge_line_id removed version`,
  loaners: 'id uid name serial value_minor condition active version',
  loans: 'id uid loaner_id repair_id lent_at due_on returned_at version',
  money_balances: 'account subject amount_minor',
  money_entries: 'id transaction_id account subject amount_minor',
  money_transactions: 'id at on_day kind invoice_id payment_id repair_id shift_id reverses_id',
  notices: 'id uid repair_id kind channel language state tries next_try_at created_at sent_at version',
  number_series: 'series last',
  outbox: 'id uid at entity entity_uid entity_version type',
  part_serials: 'part_id serial_key serial place_id',
  parts: `id uid number number_key name_zh name_en search_text barcode models unit serialised returnable
    cost_minor price_minor tax_code_id warranty_months minimum maximum bin_id supersedes_id active
    version`,
  payment_allocations: 'id payment_id invoice_id amount_minor',
  payments: `id uid number kind method amount_minor tendered_minor at on_day shift_id repair_id invoice_id
    reverses_id`,
  permission_reviews: 'id uid at',
  places: 'id uid kind name name_key active version',
  price_list_items: 'id price_list_id part_id service_id price_minor',
  price_lists: 'id uid name_zh name_en includes_tax tier active version',
  quote_lines: `id option_id no kind service_id part_id quantity unit_minor discount_minor tax_code_id rate_bp
    shares standard_minutes warranty_months`,
  quote_options: 'id quote_id no days quality',
  quotes: `id uid repair_id revision number state prices_include_tax valid_until bench_fee_minor
    created_at sent_at sent_way approved option_no approved_minor decided_at version`,
  repair_accessories: 'id repair_id accessory_id returned_at',
  repair_attempts: 'repair_id no assigned_at started_at ended_at result code_ids',
  repair_checks: 'id repair_id item_id result',
  repair_counts: 'state count',
  repair_log: 'id repair_id at kind action from_state to_state',
  repair_parts: `id uid repair_id part_id quantity state bin_id pending_id serial old_serial charge_line_id
    planned_at changed_at version`,
  repair_passcodes: 'repair_id purge_after',
  repairs: `id uid number visit_uid channel device_id state sub_status_id lock_reason locked_at
    suspended_from suspend_reason_id wake_on attempts failed_attempts problem_type_id fault_unknown
    fault_since dropped liquid intermittent priority requested_on due_on estimate_minor
    ceiling_minor bench_fee_minor warranty_kind data_loss_waiver parts_policy old_part_back bin
    no_signature_reason terms_version rework_of_id outcome processed_at collected_at
    follow_up_tries next_try_on closed_at close_kind verified_at source age_years received_at
    active_at version rework_kind`,
  report_links: 'repair_id created_at',
  roles: 'id code name permissions version',
  search_keys: 'kind ref',
  seats: 'id uid created_at',
  services: `id uid code name_zh name_en search_text category_id standard_minutes price_minor tax_code_id
    warranty_months active version`,
  sessions: 'id',
  settings: 'key value version',
  shifts: `id uid number opened_at float_minor closed_at forced expected_minor counted_minor left_minor
    counting version`,
  stock_balances: 'part_id place_id on_hand reserved',
  tax_codes: 'id code name_zh name_en is_default active version',
  tax_rates: 'tax_code_id valid_from rate_bp',
  test_run_items: 'run_id item_id result',
  test_runs: 'id uid repair_id attempt_no at passed',
  users: 'id uid active created_at version',
}

CREATE TABLE `charge_lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`service_id` integer,
	`part_id` integer,
	`description` text NOT NULL,
	`quantity` integer NOT NULL,
	`unit_minor` integer NOT NULL,
	`discount_minor` integer DEFAULT 0 NOT NULL,
	`includes_tax` integer DEFAULT false NOT NULL,
	`tax_code_id` integer NOT NULL,
	`shares` text NOT NULL,
	`standard_minutes` integer DEFAULT 0 NOT NULL,
	`warranty_months` integer DEFAULT 0 NOT NULL,
	`invoice_id` integer,
	`waived_at` integer,
	`waive_reason` text DEFAULT '' NOT NULL,
	`removed` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` integer,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`part_id`) REFERENCES `parts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tax_code_id`) REFERENCES `tax_codes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `charge_lines_uid_unique` ON `charge_lines` (`uid`);--> statement-breakpoint
CREATE INDEX `charge_lines_repair` ON `charge_lines` (`repair_id`,`id`);--> statement-breakpoint
CREATE INDEX `charge_lines_invoice` ON `charge_lines` (`invoice_id`) WHERE invoice_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `invoice_lines` (
	`invoice_id` integer NOT NULL,
	`no` integer NOT NULL,
	`charge_line_id` integer,
	`repair_id` integer,
	`original_no` integer,
	`description` text NOT NULL,
	`quantity` integer NOT NULL,
	`unit_minor` integer NOT NULL,
	`discount_minor` integer DEFAULT 0 NOT NULL,
	`rate_bp` integer NOT NULL,
	`net_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`gross_minor` integer NOT NULL,
	`warranty_months` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`invoice_id`, `no`),
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`charge_line_id`) REFERENCES `charge_lines`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `invoice_lines_repair` ON `invoice_lines` (`repair_id`) WHERE repair_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `invoice_voids` (
	`invoice_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`user_id` integer,
	`reason` text NOT NULL,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `invoices` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`number` text NOT NULL,
	`kind` text NOT NULL,
	`original_id` integer,
	`payer` text NOT NULL,
	`customer_id` integer,
	`customer_name` text NOT NULL,
	`customer_address` text DEFAULT '' NOT NULL,
	`customer_tax_number` text DEFAULT '' NOT NULL,
	`repair_id` integer,
	`currency` text NOT NULL,
	`prices_include_tax` integer DEFAULT false NOT NULL,
	`net_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`rounding_minor` integer DEFAULT 0 NOT NULL,
	`gross_minor` integer NOT NULL,
	`taxes` text NOT NULL,
	`issued_on` text NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by_id` integer,
	`due_on` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`original_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issued_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "invoices_total" CHECK(gross_minor = net_minor + tax_minor)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invoices_uid_unique` ON `invoices` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `invoices_number_unique` ON `invoices` (`number`);--> statement-breakpoint
CREATE INDEX `invoices_customer` ON `invoices` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_repair` ON `invoices` (`repair_id`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_original` ON `invoices` (`original_id`) WHERE original_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `invoices_issued` ON `invoices` (`issued_on`,`id`);--> statement-breakpoint
CREATE TABLE `money_balances` (
	`account` text NOT NULL,
	`subject` integer NOT NULL,
	`customer_id` integer,
	`amount_minor` integer NOT NULL,
	PRIMARY KEY(`account`, `subject`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `money_balances_open` ON `money_balances` (`customer_id`,`subject`) WHERE account = 'receivable' AND amount_minor <> 0;--> statement-breakpoint
CREATE TABLE `money_entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`transaction_id` integer NOT NULL,
	`account` text NOT NULL,
	`subject` integer DEFAULT 0 NOT NULL,
	`customer_id` integer,
	`amount_minor` integer NOT NULL,
	FOREIGN KEY (`transaction_id`) REFERENCES `money_transactions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "money_entries_amount" CHECK(amount_minor <> 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `money_entries_transaction` ON `money_entries` (`transaction_id`);--> statement-breakpoint
CREATE INDEX `money_entries_account` ON `money_entries` (`account`,`subject`);--> statement-breakpoint
CREATE TABLE `money_transactions` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`on_day` text NOT NULL,
	`kind` text NOT NULL,
	`invoice_id` integer,
	`payment_id` integer,
	`repair_id` integer,
	`customer_id` integer,
	`shift_id` integer,
	`reverses_id` integer,
	`user_id` integer,
	`seat_id` integer,
	`memo` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reverses_id`) REFERENCES `money_transactions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `money_transactions_customer` ON `money_transactions` (`customer_id`,`id`) WHERE customer_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `money_transactions_shift` ON `money_transactions` (`shift_id`,`id`) WHERE shift_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `money_transactions_reverses` ON `money_transactions` (`reverses_id`) WHERE reverses_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `payment_allocations` (
	`id` integer PRIMARY KEY NOT NULL,
	`payment_id` integer NOT NULL,
	`invoice_id` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `payment_allocations_payment` ON `payment_allocations` (`payment_id`);--> statement-breakpoint
CREATE INDEX `payment_allocations_invoice` ON `payment_allocations` (`invoice_id`);--> statement-breakpoint
CREATE TABLE `payments` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`number` text NOT NULL,
	`kind` text NOT NULL,
	`method` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`tendered_minor` integer,
	`at` integer NOT NULL,
	`on_day` text NOT NULL,
	`user_id` integer,
	`seat_id` integer,
	`shift_id` integer,
	`customer_id` integer,
	`repair_id` integer,
	`invoice_id` integer,
	`reference` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`reverses_id` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reverses_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payments_amount" CHECK(amount_minor > 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_uid_unique` ON `payments` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_number_unique` ON `payments` (`number`);--> statement-breakpoint
CREATE INDEX `payments_repair` ON `payments` (`repair_id`,`id`) WHERE repair_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `payments_customer` ON `payments` (`customer_id`,`id`) WHERE customer_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `payments_shift` ON `payments` (`shift_id`,`id`) WHERE shift_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `payments_reverses` ON `payments` (`reverses_id`) WHERE reverses_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `shifts` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`number` text NOT NULL,
	`seat_id` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by_id` integer,
	`float_minor` integer NOT NULL,
	`closed_at` integer,
	`closed_by_id` integer,
	`forced` integer DEFAULT false NOT NULL,
	`expected_minor` integer,
	`counted_minor` integer,
	`left_minor` integer,
	`counting` text,
	`note` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_uid_unique` ON `shifts` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_number_unique` ON `shifts` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_open` ON `shifts` (`seat_id`) WHERE closed_at IS NULL;--> statement-breakpoint
CREATE INDEX `shifts_opened` ON `shifts` (`opened_at`);--> statement-breakpoint
CREATE TABLE `price_list_items` (
	`id` integer PRIMARY KEY NOT NULL,
	`price_list_id` integer NOT NULL,
	`part_id` integer,
	`service_id` integer,
	`price_minor` integer NOT NULL,
	FOREIGN KEY (`price_list_id`) REFERENCES `price_lists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `price_list_items_list` ON `price_list_items` (`price_list_id`);--> statement-breakpoint
CREATE TABLE `price_lists` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`includes_tax` integer DEFAULT false NOT NULL,
	`tier` text,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `price_lists_uid_unique` ON `price_lists` (`uid`);--> statement-breakpoint
CREATE TABLE `services` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`code` text DEFAULT '' NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`search_text` text NOT NULL,
	`category_id` integer,
	`standard_minutes` integer DEFAULT 0 NOT NULL,
	`price_minor` integer NOT NULL,
	`tax_code_id` integer NOT NULL,
	`warranty_months` integer DEFAULT 0 NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`category_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tax_code_id`) REFERENCES `tax_codes`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `services_uid_unique` ON `services` (`uid`);--> statement-breakpoint
CREATE TABLE `tax_codes` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tax_codes_code_unique` ON `tax_codes` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `tax_codes_default` ON `tax_codes` (`is_default`) WHERE is_default = 1;--> statement-breakpoint
CREATE TABLE `tax_rates` (
	`tax_code_id` integer NOT NULL,
	`valid_from` text NOT NULL,
	`rate_bp` integer NOT NULL,
	PRIMARY KEY(`tax_code_id`, `valid_from`),
	FOREIGN KEY (`tax_code_id`) REFERENCES `tax_codes`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `quote_lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`option_id` integer NOT NULL,
	`no` integer NOT NULL,
	`kind` text NOT NULL,
	`service_id` integer,
	`part_id` integer,
	`description` text NOT NULL,
	`quantity` integer NOT NULL,
	`unit_minor` integer NOT NULL,
	`discount_minor` integer DEFAULT 0 NOT NULL,
	`tax_code_id` integer NOT NULL,
	`rate_bp` integer NOT NULL,
	`shares` text NOT NULL,
	`standard_minutes` integer DEFAULT 0 NOT NULL,
	`warranty_months` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`option_id`) REFERENCES `quote_options`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`part_id`) REFERENCES `parts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tax_code_id`) REFERENCES `tax_codes`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `quote_lines_no` ON `quote_lines` (`option_id`,`no`);--> statement-breakpoint
CREATE TABLE `quote_options` (
	`id` integer PRIMARY KEY NOT NULL,
	`quote_id` integer NOT NULL,
	`no` integer NOT NULL,
	`title` text NOT NULL,
	`days` integer DEFAULT 0 NOT NULL,
	`quality` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`quote_id`) REFERENCES `quotes`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `quote_options_no` ON `quote_options` (`quote_id`,`no`);--> statement-breakpoint
CREATE TABLE `quotes` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`revision` integer NOT NULL,
	`number` text NOT NULL,
	`state` text NOT NULL,
	`prices_include_tax` integer DEFAULT false NOT NULL,
	`valid_until` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`bench_fee_minor` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` integer,
	`sent_at` integer,
	`sent_by_id` integer,
	`sent_way` text,
	`approved` integer,
	`option_no` integer,
	`approved_minor` integer,
	`decided_by` text DEFAULT '' NOT NULL,
	`decided_way` text,
	`decided_at` integer,
	`recorded_by_id` integer,
	`signature_uid` text,
	`decision_note` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sent_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `quotes_uid_unique` ON `quotes` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `quotes_number_unique` ON `quotes` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `quotes_revision` ON `quotes` (`repair_id`,`revision`);--> statement-breakpoint
CREATE INDEX `quotes_waiting` ON `quotes` (`valid_until`) WHERE state = 'sent';--> statement-breakpoint
CREATE TABLE `goods_moves` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`part_id` integer,
	`loaner_id` integer,
	`serial` text DEFAULT '' NOT NULL,
	`quantity` integer NOT NULL,
	`from_place_id` integer NOT NULL,
	`to_place_id` integer NOT NULL,
	`pending_id` integer,
	`reverses_id` integer,
	`repair_id` integer,
	`repair_part_id` integer,
	`document` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`unit_cost_minor` integer DEFAULT 0 NOT NULL,
	`person_id` integer,
	`user_id` integer,
	`seat_id` integer,
	FOREIGN KEY (`part_id`) REFERENCES `parts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`loaner_id`) REFERENCES `loaners`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pending_id`) REFERENCES `goods_moves`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reverses_id`) REFERENCES `goods_moves`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`repair_part_id`) REFERENCES `repair_parts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "goods_moves_quantity" CHECK(quantity > 0),
	CONSTRAINT "goods_moves_places" CHECK(from_place_id <> to_place_id),
	CONSTRAINT "goods_moves_item" CHECK((part_id IS NULL) <> (loaner_id IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `goods_moves_uid_unique` ON `goods_moves` (`uid`);--> statement-breakpoint
CREATE INDEX `goods_moves_part` ON `goods_moves` (`part_id`,`id`);--> statement-breakpoint
CREATE INDEX `goods_moves_repair` ON `goods_moves` (`repair_id`,`id`) WHERE repair_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `goods_moves_loaner` ON `goods_moves` (`loaner_id`,`id`) WHERE loaner_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `goods_moves_pending` ON `goods_moves` (`pending_id`) WHERE pending_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `goods_moves_reverses` ON `goods_moves` (`reverses_id`) WHERE reverses_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `loaners` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`name` text NOT NULL,
	`serial` text DEFAULT '' NOT NULL,
	`value_minor` integer DEFAULT 0 NOT NULL,
	`condition` text DEFAULT '' NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `loaners_uid_unique` ON `loaners` (`uid`);--> statement-breakpoint
CREATE TABLE `loans` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`loaner_id` integer NOT NULL,
	`repair_id` integer NOT NULL,
	`customer_id` integer,
	`lent_at` integer NOT NULL,
	`lent_by_id` integer,
	`due_on` text NOT NULL,
	`condition_out` text DEFAULT '' NOT NULL,
	`signature_uid` text,
	`returned_at` integer,
	`returned_to_id` integer,
	`condition_in` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`loaner_id`) REFERENCES `loaners`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lent_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`returned_to_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `loans_uid_unique` ON `loans` (`uid`);--> statement-breakpoint
CREATE INDEX `loans_repair` ON `loans` (`repair_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `loans_out` ON `loans` (`loaner_id`) WHERE returned_at IS NULL;--> statement-breakpoint
CREATE TABLE `part_serials` (
	`part_id` integer NOT NULL,
	`serial_key` text NOT NULL,
	`serial` text NOT NULL,
	`place_id` integer NOT NULL,
	PRIMARY KEY(`part_id`, `serial_key`),
	FOREIGN KEY (`part_id`) REFERENCES `parts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `part_serials_key` ON `part_serials` (`serial_key`);--> statement-breakpoint
CREATE TABLE `parts` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`number` text NOT NULL,
	`number_key` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`search_text` text NOT NULL,
	`barcode` text DEFAULT '' NOT NULL,
	`models` text DEFAULT '' NOT NULL,
	`unit` text DEFAULT '' NOT NULL,
	`serialised` integer DEFAULT false NOT NULL,
	`returnable` integer DEFAULT false NOT NULL,
	`cost_minor` integer DEFAULT 0 NOT NULL,
	`price_minor` integer NOT NULL,
	`tax_code_id` integer NOT NULL,
	`warranty_months` integer DEFAULT 0 NOT NULL,
	`minimum` integer DEFAULT 0 NOT NULL,
	`maximum` integer,
	`bin_id` integer,
	`supersedes_id` integer,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`tax_code_id`) REFERENCES `tax_codes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bin_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`supersedes_id`) REFERENCES `parts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `parts_uid_unique` ON `parts` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `parts_number_key_unique` ON `parts` (`number_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `parts_barcode` ON `parts` (`barcode`) WHERE barcode <> '';--> statement-breakpoint
CREATE TABLE `places` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `places_uid_unique` ON `places` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `places_name` ON `places` (`kind`,`name_key`);--> statement-breakpoint
CREATE TABLE `repair_parts` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`part_id` integer NOT NULL,
	`quantity` integer NOT NULL,
	`state` text NOT NULL,
	`bin_id` integer,
	`pending_id` integer,
	`serial` text DEFAULT '' NOT NULL,
	`old_serial` text DEFAULT '' NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`person_id` integer,
	`charge_line_id` integer,
	`planned_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`part_id`) REFERENCES `parts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bin_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pending_id`) REFERENCES `goods_moves`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `repair_parts_uid_unique` ON `repair_parts` (`uid`);--> statement-breakpoint
CREATE INDEX `repair_parts_repair` ON `repair_parts` (`repair_id`,`id`);--> statement-breakpoint
CREATE INDEX `repair_parts_waiting` ON `repair_parts` (`part_id`,`id`) WHERE state = 'planned';--> statement-breakpoint
CREATE TABLE `stock_balances` (
	`part_id` integer NOT NULL,
	`place_id` integer NOT NULL,
	`on_hand` integer DEFAULT 0 NOT NULL,
	`reserved` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`part_id`, `place_id`),
	FOREIGN KEY (`part_id`) REFERENCES `parts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `external_jobs` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`kind` text NOT NULL,
	`vendor` text NOT NULL,
	`reference` text DEFAULT '' NOT NULL,
	`sent_at` integer NOT NULL,
	`sent_by_id` integer,
	`expected_on` text,
	`serial_out` text DEFAULT '' NOT NULL,
	`back_at` integer,
	`back_by_id` integer,
	`result` text,
	`serial_back` text DEFAULT '' NOT NULL,
	`cost_minor` integer DEFAULT 0 NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sent_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`back_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `external_jobs_uid_unique` ON `external_jobs` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `external_jobs_out` ON `external_jobs` (`repair_id`) WHERE back_at IS NULL;--> statement-breakpoint
CREATE INDEX `external_jobs_repair` ON `external_jobs` (`repair_id`,`id`);--> statement-breakpoint
CREATE TABLE `labour_credits` (
	`labour_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`share_bp` integer NOT NULL,
	PRIMARY KEY(`labour_id`, `user_id`),
	FOREIGN KEY (`labour_id`) REFERENCES `labour_lines`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `labour_credits_user` ON `labour_credits` (`user_id`);--> statement-breakpoint
CREATE TABLE `labour_lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`service_id` integer,
	`description` text NOT NULL,
	`standard_minutes` integer DEFAULT 0 NOT NULL,
	`actual_minutes` integer DEFAULT 0 NOT NULL,
	`running_since` integer,
	`running_by_id` integer,
	`done_on` text,
	`charge_line_id` integer,
	`note` text DEFAULT '' NOT NULL,
	`removed` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`service_id`) REFERENCES `services`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`running_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `labour_lines_uid_unique` ON `labour_lines` (`uid`);--> statement-breakpoint
CREATE INDEX `labour_lines_repair` ON `labour_lines` (`repair_id`,`id`);--> statement-breakpoint
CREATE INDEX `labour_lines_done` ON `labour_lines` (`done_on`) WHERE done_on IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `labour_lines_running` ON `labour_lines` (`running_by_id`) WHERE running_by_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `notices` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`language` text NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`subject` text DEFAULT '' NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer,
	`problem` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` integer,
	`sent_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_uid_unique` ON `notices` (`uid`);--> statement-breakpoint
CREATE INDEX `notices_repair` ON `notices` (`repair_id`,`id`);--> statement-breakpoint
CREATE INDEX `notices_queue` ON `notices` (`next_try_at`) WHERE state = 'queued';--> statement-breakpoint
CREATE TABLE `report_links` (
	`repair_id` integer PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `report_links_token_unique` ON `report_links` (`token`);--> statement-breakpoint
CREATE TABLE `test_run_items` (
	`run_id` integer NOT NULL,
	`item_id` integer NOT NULL,
	`result` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`run_id`, `item_id`),
	FOREIGN KEY (`run_id`) REFERENCES `test_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `test_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`attempt_no` integer NOT NULL,
	`at` integer NOT NULL,
	`user_id` integer,
	`passed` integer DEFAULT false NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `test_runs_uid_unique` ON `test_runs` (`uid`);--> statement-breakpoint
CREATE INDEX `test_runs_repair` ON `test_runs` (`repair_id`,`id`);--> statement-breakpoint
ALTER TABLE `customers` ADD `on_account` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `customers` ADD `payment_days` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `repairs` ADD `rework_kind` text;--> statement-breakpoint
CREATE INDEX `attachments_sha256` ON `attachments` (`sha256`);
--> statement-breakpoint
-- The built-in roles of a shop that exists already get what this version adds; its own roles stay as they are.
UPDATE `roles` SET `version` = `version` + 1, `permissions` = (
	SELECT json_group_array(value) FROM (
		SELECT value FROM json_each(`roles`.`permissions`) UNION
		SELECT value FROM json_each(CASE `roles`.`code`
			WHEN 'counter' THEN '["quotes.write","quotes.decide","stock.read","loaners.lend","billing.read","billing.charge","billing.invoice","billing.pay","shifts.use","notices.send"]'
			WHEN 'technician' THEN '["quotes.write","stock.read","stock.issue","billing.read"]'
			WHEN 'storekeeper' THEN '["stock.read","stock.manage","stock.receive","stock.issue","stock.adjust"]'
			WHEN 'claims_clerk' THEN '["stock.read","billing.read"]'
			ELSE '["quotes.write","quotes.decide","stock.read","stock.manage","stock.receive","stock.issue","stock.adjust","stock.override","loaners.lend","billing.read","billing.prices","billing.charge","billing.discount","billing.invoice","billing.credit_note","billing.pay","billing.refund","billing.write_off","billing.hand_over_unpaid","shifts.use","shifts.close_any","notices.send"]'
		END)
	)
) WHERE `code` IN ('owner', 'manager', 'counter', 'technician', 'storekeeper', 'claims_clerk');

CREATE TABLE `customer_contacts` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`name` text NOT NULL,
	`role` text DEFAULT '' NOT NULL,
	`phone` text,
	`email` text,
	`position` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_contacts_customer` ON `customer_contacts` (`customer_id`,`position`);--> statement-breakpoint
CREATE TABLE `customer_phones` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`number` text NOT NULL,
	`label` text DEFAULT '' NOT NULL,
	`digits` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_phones_customer` ON `customer_phones` (`customer_id`,`position`);--> statement-breakpoint
CREATE INDEX `customer_phones_digits` ON `customer_phones` (`digits`);--> statement-breakpoint
CREATE TABLE `customers` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`email` text,
	`address` text DEFAULT '' NOT NULL,
	`tax_number` text DEFAULT '' NOT NULL,
	`language` text,
	`tier` text DEFAULT 'normal' NOT NULL,
	`channel` text DEFAULT 'phone' NOT NULL,
	`consent_to_contact` integer DEFAULT false NOT NULL,
	`consent_at` integer,
	`notes` text DEFAULT '' NOT NULL,
	`merged_into_id` integer,
	`repairs_count` integer DEFAULT 0 NOT NULL,
	`open_repairs_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`merged_into_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_uid_unique` ON `customers` (`uid`);--> statement-breakpoint
CREATE INDEX `customers_name_key` ON `customers` (`name_key`);--> statement-breakpoint
CREATE TABLE `device_defects` (
	`id` integer PRIMARY KEY NOT NULL,
	`device_id` integer NOT NULL,
	`repair_uid` text,
	`text` text NOT NULL,
	`noted_at` integer NOT NULL,
	`resolved_at` integer,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `device_defects_device` ON `device_defects` (`device_id`);--> statement-breakpoint
CREATE TABLE `device_owners` (
	`id` integer PRIMARY KEY NOT NULL,
	`device_id` integer NOT NULL,
	`customer_id` integer NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `device_owners_device` ON `device_owners` (`device_id`);--> statement-breakpoint
CREATE INDEX `device_owners_customer` ON `device_owners` (`customer_id`);--> statement-breakpoint
CREATE TABLE `devices` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`category_id` integer NOT NULL,
	`brand_id` integer,
	`model_id` integer,
	`model_text` text DEFAULT '' NOT NULL,
	`colour` text DEFAULT '' NOT NULL,
	`serial` text DEFAULT '' NOT NULL,
	`serial_key` text,
	`imei1` text,
	`imei2` text,
	`purchased_on` text,
	`purchase_proof` text DEFAULT 'none' NOT NULL,
	`seller` text DEFAULT '' NOT NULL,
	`account_locked` integer,
	`notes` text DEFAULT '' NOT NULL,
	`owner_id` integer,
	`made_in_year` integer,
	`repairs_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`category_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`brand_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`model_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `devices_uid_unique` ON `devices` (`uid`);--> statement-breakpoint
CREATE INDEX `devices_owner` ON `devices` (`owner_id`);--> statement-breakpoint
CREATE INDEX `devices_serial` ON `devices` (`serial_key`);--> statement-breakpoint
CREATE INDEX `devices_imei1` ON `devices` (`imei1`);--> statement-breakpoint
CREATE INDEX `devices_imei2` ON `devices` (`imei2`);--> statement-breakpoint
CREATE TABLE `dictionary_entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`name_key` text NOT NULL,
	`parent_id` integer,
	`category_id` integer,
	`core_state` text,
	`min_photos` integer DEFAULT 0 NOT NULL,
	`needs_serial` integer DEFAULT false NOT NULL,
	`needs_checks` integer DEFAULT false NOT NULL,
	`sort` integer DEFAULT 0 NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`repairs_count` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`category_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `dictionary_entries_uid_unique` ON `dictionary_entries` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `dictionary_entries_code` ON `dictionary_entries` (`kind`,`code`);--> statement-breakpoint
CREATE INDEX `dictionary_entries_name` ON `dictionary_entries` (`kind`,`name_key`);--> statement-breakpoint
CREATE INDEX `dictionary_entries_parent` ON `dictionary_entries` (`parent_id`);--> statement-breakpoint
CREATE TABLE `import_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`target` text NOT NULL,
	`source` text NOT NULL,
	`key` text NOT NULL,
	`entity_id` integer NOT NULL,
	`hash` text NOT NULL,
	`run_id` integer,
	`line` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `import_keys_key` ON `import_keys` (`target`,`source`,`key`);--> statement-breakpoint
CREATE TABLE `import_profiles` (
	`id` text PRIMARY KEY NOT NULL,
	`profile` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_rejects` (
	`id` integer PRIMARY KEY NOT NULL,
	`run_id` integer NOT NULL,
	`line` integer NOT NULL,
	`field` text NOT NULL,
	`code` text NOT NULL,
	`params` text NOT NULL,
	`cells` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `import_runs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_rejects_run` ON `import_rejects` (`run_id`,`line`);--> statement-breakpoint
CREATE TABLE `import_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`profile_id` text NOT NULL,
	`profile` text NOT NULL,
	`target` text NOT NULL,
	`file_name` text NOT NULL,
	`file_hash` text NOT NULL,
	`columns` text DEFAULT '[]' NOT NULL,
	`reading` text DEFAULT '{}' NOT NULL,
	`dry_run` integer DEFAULT false NOT NULL,
	`state` text NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`line_done` integer DEFAULT 0 NOT NULL,
	`bytes_done` integer DEFAULT 0 NOT NULL,
	`bytes_total` integer DEFAULT 0 NOT NULL,
	`imported` integer DEFAULT 0 NOT NULL,
	`updated` integer DEFAULT 0 NOT NULL,
	`unchanged` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`preview` text DEFAULT '[]' NOT NULL,
	`error_code` text,
	`started_at` integer NOT NULL,
	`ended_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `import_runs_uid_unique` ON `import_runs` (`uid`);--> statement-breakpoint
CREATE TABLE `roles` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text,
	`name` text NOT NULL,
	`permissions` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_code_unique` ON `roles` (`code`);--> statement-breakpoint
CREATE TABLE `seats` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `seats_uid_unique` ON `seats` (`uid`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` integer NOT NULL,
	`seat_id` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_seat` ON `sessions` (`seat_id`);--> statement-breakpoint
CREATE TABLE `user_roles` (
	`user_id` integer NOT NULL,
	`role_id` integer NOT NULL,
	PRIMARY KEY(`user_id`, `role_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`login` text NOT NULL,
	`login_key` text NOT NULL,
	`name` text NOT NULL,
	`language` text,
	`password_hash` text NOT NULL,
	`pin_hash` text,
	`active` integer DEFAULT true NOT NULL,
	`failed_logins` integer DEFAULT 0 NOT NULL,
	`locked_until` integer,
	`last_login_at` integer,
	`created_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_uid_unique` ON `users` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_login_key_unique` ON `users` (`login_key`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`kind` text NOT NULL,
	`repair_id` integer,
	`draft_uid` text,
	`name` text NOT NULL,
	`mime` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`created_by_id` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `attachments_uid_unique` ON `attachments` (`uid`);--> statement-breakpoint
CREATE INDEX `attachments_repair` ON `attachments` (`repair_id`);--> statement-breakpoint
CREATE INDEX `attachments_draft` ON `attachments` (`draft_uid`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`title` text NOT NULL,
	`step` text NOT NULL,
	`content` text NOT NULL,
	`user_id` integer NOT NULL,
	`seat_id` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `drafts_uid_unique` ON `drafts` (`uid`);--> statement-breakpoint
CREATE TABLE `repair_accessories` (
	`id` integer PRIMARY KEY NOT NULL,
	`repair_id` integer NOT NULL,
	`accessory_id` integer,
	`name` text DEFAULT '' NOT NULL,
	`serial` text DEFAULT '' NOT NULL,
	`returned_at` integer,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`accessory_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `repair_accessories_repair` ON `repair_accessories` (`repair_id`);--> statement-breakpoint
CREATE TABLE `repair_attempts` (
	`repair_id` integer NOT NULL,
	`no` integer NOT NULL,
	`engineer_id` integer NOT NULL,
	`assigned_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`result` text,
	`findings` text DEFAULT '' NOT NULL,
	`code_ids` text NOT NULL,
	PRIMARY KEY(`repair_id`, `no`),
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`engineer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `repair_attempts_engineer` ON `repair_attempts` (`engineer_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `repair_checks` (
	`id` integer PRIMARY KEY NOT NULL,
	`repair_id` integer NOT NULL,
	`item_id` integer NOT NULL,
	`result` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `repair_checks_repair` ON `repair_checks` (`repair_id`);--> statement-breakpoint
CREATE TABLE `repair_log` (
	`id` integer PRIMARY KEY NOT NULL,
	`repair_id` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`user_id` integer,
	`seat_id` integer,
	`action` text,
	`from_state` text,
	`to_state` text,
	`text` text DEFAULT '' NOT NULL,
	`detail` text DEFAULT '{}' NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `repair_log_repair` ON `repair_log` (`repair_id`,`id`);--> statement-breakpoint
CREATE TABLE `repair_passcodes` (
	`repair_id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`sealed` blob NOT NULL,
	`purge_after` text,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `repair_passcodes_purge` ON `repair_passcodes` (`purge_after`) WHERE purge_after IS NOT NULL;--> statement-breakpoint
CREATE TABLE `repairs` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`number` text NOT NULL,
	`visit_uid` text NOT NULL,
	`channel` text NOT NULL,
	`customer_id` integer,
	`device_id` integer NOT NULL,
	`state` text NOT NULL,
	`sub_status_id` integer,
	`lock_reason` text,
	`lock_note` text DEFAULT '' NOT NULL,
	`locked_at` integer,
	`suspended_from` text,
	`suspend_reason_id` integer,
	`suspend_reason` text DEFAULT '' NOT NULL,
	`wake_on` text,
	`engineer_id` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`failed_attempts` integer DEFAULT 0 NOT NULL,
	`problem_type_id` integer,
	`fault_text` text NOT NULL,
	`fault_unknown` integer DEFAULT false NOT NULL,
	`fault_since` text DEFAULT '' NOT NULL,
	`dropped` integer DEFAULT false NOT NULL,
	`liquid` integer DEFAULT false NOT NULL,
	`intermittent` integer DEFAULT false NOT NULL,
	`backup` text DEFAULT 'unknown' NOT NULL,
	`priority` integer DEFAULT 1 NOT NULL,
	`requested_on` text,
	`due_on` text,
	`estimate_minor` integer,
	`ceiling_minor` integer,
	`bench_fee_minor` integer,
	`warranty_kind` text DEFAULT 'none' NOT NULL,
	`data_loss_waiver` integer DEFAULT false NOT NULL,
	`parts_policy` text DEFAULT 'any' NOT NULL,
	`old_part_back` integer DEFAULT false NOT NULL,
	`other_reference` text DEFAULT '' NOT NULL,
	`may_collect` text DEFAULT '' NOT NULL,
	`bin` text DEFAULT '' NOT NULL,
	`internal_note` text DEFAULT '' NOT NULL,
	`signature_uid` text,
	`no_signature_reason` text,
	`no_signature_note` text DEFAULT '' NOT NULL,
	`terms_version` integer,
	`clerk_id` integer,
	`override_reason` text,
	`rework_of_id` integer,
	`outcome` text,
	`processed_at` integer,
	`collected_at` integer,
	`collected_by` text DEFAULT '' NOT NULL,
	`follow_up_tries` integer DEFAULT 0 NOT NULL,
	`next_try_on` text,
	`closed_at` integer,
	`close_kind` text,
	`satisfaction` text,
	`verified_at` integer,
	`verified_by_id` integer,
	`source` text,
	`source_key` text,
	`barrier` text DEFAULT '' NOT NULL,
	`place` text DEFAULT '' NOT NULL,
	`country` text DEFAULT '' NOT NULL,
	`age_years` integer,
	`received_at` integer NOT NULL,
	`active_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sub_status_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`suspend_reason_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`engineer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`problem_type_id`) REFERENCES `dictionary_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clerk_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rework_of_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`verified_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `repairs_uid_unique` ON `repairs` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `repairs_number_unique` ON `repairs` (`number`);--> statement-breakpoint
CREATE INDEX `repairs_customer` ON `repairs` (`customer_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `repairs_device` ON `repairs` (`device_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `repairs_received` ON `repairs` (`received_at`);--> statement-breakpoint
CREATE INDEX `repairs_visit` ON `repairs` (`visit_uid`);--> statement-breakpoint
CREATE INDEX `repairs_board` ON `repairs` (`state`,priority DESC,due_on IS NULL,`due_on`,`id`) WHERE state NOT IN ('closed','cancelled','unclaimed');--> statement-breakpoint
CREATE INDEX `repairs_engineer` ON `repairs` (`engineer_id`,`state`) WHERE state NOT IN ('closed','cancelled','unclaimed');--> statement-breakpoint
CREATE INDEX `repairs_engineer_history` ON `repairs` (`engineer_id`,`received_at`) WHERE engineer_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `repairs_ended` ON `repairs` (`state`,`received_at`) WHERE state IN ('cancelled','unclaimed');--> statement-breakpoint
CREATE INDEX `repairs_due` ON `repairs` (`due_on`) WHERE state NOT IN ('closed','cancelled','unclaimed','collected','processed');--> statement-breakpoint
CREATE INDEX `repairs_idle` ON `repairs` (`active_at`) WHERE state NOT IN ('closed','cancelled','unclaimed','collected','suspended');--> statement-breakpoint
CREATE INDEX `repairs_locked` ON `repairs` (`locked_at`) WHERE lock_reason IS NOT NULL;--> statement-breakpoint
CREATE INDEX `repairs_follow_up` ON `repairs` (`next_try_on`) WHERE state = 'collected';--> statement-breakpoint
CREATE INDEX `repairs_unverified` ON `repairs` (`closed_at`) WHERE state = 'closed' AND verified_at IS NULL AND close_kind <> 'imported';--> statement-breakpoint
CREATE UNIQUE INDEX `repairs_source` ON `repairs` (`source`,`source_key`) WHERE source IS NOT NULL;--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`user_id` integer,
	`seat_id` integer,
	`method` text NOT NULL,
	`command_id` text,
	`input` text NOT NULL,
	`result` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_log_user` ON `audit_log` (`user_id`,`at`);--> statement-breakpoint
CREATE TABLE `commands` (
	`command_id` text PRIMARY KEY NOT NULL,
	`method` text NOT NULL,
	`input_hash` text NOT NULL,
	`result` text NOT NULL,
	`user_id` integer,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `commands_at` ON `commands` (`at`);--> statement-breakpoint
CREATE TABLE `day_counts` (
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `kind`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `number_series` (
	`series` text PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`at` integer NOT NULL,
	`entity` text NOT NULL,
	`entity_uid` text NOT NULL,
	`entity_version` integer NOT NULL,
	`type` text NOT NULL,
	`payload` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_uid_unique` ON `outbox` (`uid`);--> statement-breakpoint
CREATE TABLE `repair_counts` (
	`state` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;

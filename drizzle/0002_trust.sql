CREATE TABLE `disposals` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`repair_id` integer NOT NULL,
	`at` integer NOT NULL,
	`on_day` text NOT NULL,
	`user_id` integer,
	`seat_id` integer,
	`kind` text NOT NULL,
	`buyer` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`proceeds_minor` integer DEFAULT 0 NOT NULL,
	`costs_minor` integer DEFAULT 0 NOT NULL,
	`payment_id` integer,
	`voided_at` integer,
	`voided_by` integer,
	`void_reason` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`repair_id`) REFERENCES `repairs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`seat_id`) REFERENCES `seats`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`voided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `disposals_uid_unique` ON `disposals` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `disposals_repair` ON `disposals` (`repair_id`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `disposals_on` ON `disposals` (`on_day`);--> statement-breakpoint
CREATE TABLE `permission_reviews` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`at` integer NOT NULL,
	`user_id` integer NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`snapshot` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `permission_reviews_uid_unique` ON `permission_reviews` (`uid`);--> statement-breakpoint
ALTER TABLE `customers` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `seats` ADD `address` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `seats` ADD `agent` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `audit_log` ADD `hash` text;--> statement-breakpoint
CREATE INDEX `audit_log_method` ON `audit_log` (`method`);--> statement-breakpoint
CREATE INDEX `audit_log_refused` ON `audit_log` (`id`) WHERE result <> 'ok';
--> statement-breakpoint
-- The built-in roles of a shop that exists already get what this version adds; its own roles stay as they are.
UPDATE `roles` SET `version` = `version` + 1, `permissions` = (
	SELECT json_group_array(value) FROM (
		SELECT value FROM json_each(`roles`.`permissions`) UNION
		SELECT value FROM json_each(CASE `roles`.`code`
			WHEN 'manager' THEN '["repairs.dispose","audit.review","data.backup","seats.manage"]'
			ELSE '["repairs.dispose","audit.review","data.backup","data.restore","data.export","privacy.erase","seats.manage"]'
		END)
	)
) WHERE `code` IN ('owner', 'manager');

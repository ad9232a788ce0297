ALTER TABLE `import_keys` ADD `run_id` integer;--> statement-breakpoint
ALTER TABLE `import_keys` ADD `line` integer;--> statement-breakpoint
ALTER TABLE `import_runs` ADD `columns` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `import_runs` ADD `reading` text DEFAULT '{}' NOT NULL;
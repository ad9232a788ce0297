/** Words of the page on which a person reads what the shop keeps about them. */
export interface PersonWords {
  readonly title: string
  readonly made: string
  readonly intro: string
  readonly yes: string
  readonly no: string
  readonly pictures: string
  readonly machine: string
  readonly notHere: string
  /** Headings of tables, in the order they are shown; other tables are in the file for machines only. */
  readonly tables: Readonly<Record<string, string>>
  /** Labels in the order they are shown, by column or, where a column means several things, by `table.column`. */
  readonly columns: Readonly<Record<string, string>>
  /** Codes of a column in words. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
}

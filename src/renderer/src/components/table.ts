/** A column of AppTable. `key` names the cell's slot (`cell-<key>`) and the row's field shown without one. */
export interface Column<R> {
  readonly key: (keyof R & string) | (string & {})
  readonly label: string
  /** CSS width; columns without one share the rest. */
  readonly width?: string
  readonly align?: 'left' | 'right' | 'center'
  /** Hidden below this window width in px. */
  readonly from?: number
  /** Below this window width in px it stands beneath the row's first cell, not in a column of its own. */
  readonly foldsBelow?: number
  /** Plain text of the cell, when no slot draws it. */
  readonly text?: (row: R) => string | number
}

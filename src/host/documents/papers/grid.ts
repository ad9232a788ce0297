import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'

import { heightOfLine, printLines } from '../sheet-parts.ts'
import { oneLine, printable, wrap } from '../text.ts'
import type { Writer } from './writer.ts'

/** Tables of papers: columns as wide as what is in them, the rest for the texts; figures stand flush right. */

export interface Column {
  title: string
  align?: 'left' | 'right' | 'center'
  /** Shares the width the others leave, by weight; its texts wrap. */
  flex?: number
  /** A column that never gets wider than this, for numbers a person typed. */
  most?: number
}

/** A text, with smaller lines below it; or a tick box. */
export type Cell = string | { text: string; below?: readonly string[]; bold?: boolean } | 'tick_box'
export const tickBox = 'tick_box' as const

const inset = { x: 4, y: 2.2 }
/** A title that is no longer than this stands on one line. */
const shortTitle = 62
/** Below this a column of words is no use. */
const leastFlex = 70

function textOf(cell: Cell): { text: string; below: readonly string[]; bold: boolean } {
  if (typeof cell === 'string') return { text: cell, below: [], bold: false }
  return { text: cell.text, below: cell.below ?? [], bold: cell.bold ?? false }
}

/** Widths of the columns without their insets; they fill the writer's width. */
function widthsOf(writer: Writer, columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  const { setting, ruler } = writer
  const room = setting.width - columns.length * inset.x * 2
  const natural = columns.map((column, index) => {
    if (column.flex !== undefined) return 0
    const cells = rows.map((row) => {
      const cell = row[index] ?? ''
      if (cell === tickBox) return setting.size
      const { text, below, bold } = textOf(cell)
      const small = below.map((line) => ruler(oneLine(line), setting.small))
      return Math.max(ruler(oneLine(text), setting.size, bold), ...small)
    })
    const whole = ruler(column.title, setting.small, true)
    const words =
      whole <= shortTitle ? [whole] : column.title.split(' ').map((word) => ruler(word, setting.small, true))
    return Math.min(column.most ?? Infinity, Math.max(0, ...cells, ...words)) + 0.5
  })
  const weights = columns.reduce((sum, column) => sum + (column.flex ?? 0), 0)
  if (weights === 0) return stretch(natural, room)
  const wanted = natural.reduce((sum, width) => sum + width, 0)
  const least = Math.min(room, columns.filter((column) => column.flex !== undefined).length * leastFlex)
  // Too many wide numbers: all of them give way alike, and wrap.
  const shrink = wanted > room - least ? (room - least) / wanted : 1
  const left = room - wanted * shrink
  return columns.map((column, index) =>
    column.flex === undefined ? (natural[index] ?? 0) * shrink : (left * column.flex) / weights,
  )
}

function stretch(natural: readonly number[], room: number): number[] {
  const sum = natural.reduce((total, width) => total + width, 0)
  return natural.map((width) => (sum > 0 ? (width * room) / sum : room / natural.length))
}

function printCell(writer: Writer, column: Column, cell: Cell, width: number): TableCell {
  const { setting, ruler } = writer
  const alignment = column.align ?? 'left'
  if (cell === tickBox) {
    const side = setting.size
    return {
      canvas: [{ type: 'rect', x: 0, y: 0, w: side, h: side, lineWidth: 0.7, r: 1 }],
      alignment,
      margin: [0, (heightOfLine(setting.size) - side) / 2, 0, 0],
    }
  }
  const { text, below, bold } = textOf(cell)
  const lines = wrap(printable(text), width, (part) => ruler(part, setting.size, bold))
  const smaller = below.flatMap((line) => wrap(printable(line), width, (part) => ruler(part, setting.small)))
  return {
    stack: [
      printLines(lines.length > 0 ? lines : [' '], setting.size, { bold }),
      ...(smaller.length > 0 ? [printLines(smaller, setting.small, { color: setting.ink.label })] : []),
    ],
    alignment,
  }
}

function headRow(writer: Writer, columns: readonly Column[], widths: readonly number[]): TableCell[] {
  const { small, ink } = writer.setting
  return columns.map((column, index) => {
    const width = widths[index] ?? 0
    const lines = wrap(column.title, width, (part) => writer.ruler(part, small, true))
    return printLines(lines, small, { bold: true, color: ink.label, alignment: column.align ?? 'left' })
  })
}

function ruled(writer: Writer, sumRows: number): CustomTableLayout {
  const { ink } = writer.setting
  return {
    hLineWidth: (index, node) => {
      const end = node.table.body.length
      if (index === 0) return 0
      if (index === 1 || index === end || index === end - sumRows) return 0.7
      return 0.3
    },
    hLineColor: (index, node) => {
      const end = node.table.body.length
      return index === 1 || index === end || index === end - sumRows ? '#000000' : ink.rule
    },
    vLineWidth: () => 0,
    paddingLeft: () => inset.x,
    paddingRight: () => inset.x,
    paddingTop: () => inset.y,
    paddingBottom: () => inset.y,
  }
}

/** A table whose head stands again on every page; a row is never torn. `sums` are rows under a stronger rule. */
export function grid(
  writer: Writer,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  sums: readonly (readonly Cell[])[] = [],
): Content {
  const every = [...rows, ...sums]
  const widths = widthsOf(writer, columns, every)
  const body = every.map((row) =>
    columns.map((column, index) => printCell(writer, column, row[index] ?? '', widths[index] ?? 0)),
  )
  return {
    table: {
      widths,
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      body: [headRow(writer, columns, widths), ...body],
    },
    layout: ruled(writer, sums.length),
  }
}

export interface Total {
  label: string
  value: string
  strong?: boolean
}

/** Labels and amounts in two columns at the right; strong ones stand under a rule of their own. */
export function totals(writer: Writer, rows: readonly Total[]): Content[] {
  if (rows.length === 0) return []
  const { width, size, ink } = writer.setting
  const block = writer.isRoll ? width : Math.min(width, Math.max(width * 0.5, 250))
  const sizeOf = (row: Total) => (row.strong === true ? size + 1 : size)
  const values = Math.max(...rows.map((row) => writer.ruler(row.value, sizeOf(row), row.strong))) + 1
  const labels = block - values - 12
  const body = rows.map((row): TableCell[] => {
    const bold = row.strong ?? false
    const lines = wrap(printable(row.label), labels, (part) => writer.ruler(part, sizeOf(row), bold))
    return [
      printLines(lines, sizeOf(row), { bold }),
      { text: row.value, noWrap: true, fontSize: sizeOf(row), bold, alignment: 'right' },
    ]
  })
  const strong = (index: number) => rows[index]?.strong === true
  return [
    {
      table: { widths: [labels, values + 12 - (writer.isRoll ? 0 : inset.x)], body, dontBreakRows: true },
      layout: {
        hLineWidth: (index) => (index > 0 && strong(index) ? 0.7 : 0),
        hLineColor: () => ink.rule,
        vLineWidth: () => 0,
        paddingLeft: () => 0,
        paddingRight: (column) => (column === 1 && !writer.isRoll ? inset.x : 0),
        paddingTop: () => 1.6,
        paddingBottom: () => 1.6,
      },
      margin: [width - block, size * 0.5, 0, 0],
      unbreakable: true,
    },
  ]
}

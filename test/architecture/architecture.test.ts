import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import ts from 'typescript'
import { describe, expect, test } from 'vitest'

import { circlesOf } from './circles.ts'
import { coreModuleOf, forbiddenImports, tablesTaken } from './import-rules.ts'
import { filesUnder, parseSource, readSource, root, walk, type Source } from './sources.ts'

const sources = filesUnder('src', ['.ts', '.vue']).map(readSource)
const clockFile = 'src/core/kernel/clock.ts'
/** The window's own: "3 minutes ago" is the seat's business, and core's clock is not there. */
const windowClockFile = 'src/renderer/src/client/clock.ts'
/* The desktop program may import nothing of core; what it needs a time for is no business of the shop's. */
const shellClockFile = 'src/main/clock.ts'

describe('who may import whom', () => {
  test('no file under src imports what its folder may not', () => {
    expect(sources.flatMap(forbiddenImports)).toEqual([])
  })

  test.each([
    ['src/contract/a.ts', "import fs from 'node:fs'"],
    ['src/contract/a.ts', "import { x } from '#core/app.ts'"],
    ['src/core/kernel/a.ts', "import { x } from '../repairs/queries.ts'"],
    ['src/core/db/open.ts', "import { x } from '../repairs/queries.ts'"],
    ['src/core/repairs/a.ts', "import { x } from '../stock/store.ts'"],
    ['src/core/repairs/a.ts', "const x = await import('#core/stock/issue-part.ts')"],
    ['src/core/repairs/queries.ts', "import { stockMoves } from '../db/schema/stock.ts'"],
    ['src/core/repairs/a.ts', "import { fastify } from 'fastify'"],
    ['src/core/repairs/a.ts', "import { createApp } from '../app.ts'"],
    ['src/core/dispatch.ts', "import { x } from './repairs/store.ts'"],
    ['src/host/a.ts', "import { x } from '#core/repairs/queries.ts'"],
    ['src/host/a.ts', "import type { x } from '#core/kernel/clock.ts'"],
    ['src/host/a.ts', "import { app } from 'electron'"],
    ['src/main/a.ts', "import { errorCodes } from '#contract/errors.ts'"],
    ['src/main/a.ts', "import { type A, errorCodes } from '#contract/errors.ts'"],
    ['src/main/a.ts', "import type { x } from '#host/index.ts'"],
    ['src/preload/a.ts', "export { errorCodes } from '#contract/errors.ts'"],
    ['src/renderer/src/client/a.ts', "type X = import('#core/app.ts').App"],
    ['src/renderer/src/app/a.ts', "import { ElButton } from 'element-plus'"],
    ['src/renderer/src/features/repairs/A.vue', "<script setup>\nimport 'element-plus/es'\n</script>"],
    [
      'src/renderer/src/features/repairs/A.vue',
      "<script setup>\nimport B from '@/features/stock/B.vue'\n</script>",
    ],
    ['src/renderer/src/components/a.ts', "import { x } from '../features/stock/x.ts'"],
    ['src/renderer/src/a.ts', "import { readFile } from 'node:fs/promises'"],
    ['src/headquarters/a.ts', "import { x } from '#core/app.ts'"],
    ['src/elsewhere/a.ts', ''],
  ])('%s may not hold %s', (path, text) => {
    expect(forbiddenImports(parseSource(path, text))).toHaveLength(1)
  })

  test.each([
    ['src/contract/a.ts', "import { z } from 'zod'\nimport { x } from './money.ts'"],
    ['src/core/repairs/store.ts', "import { repairs } from '../db/schema/repairs.ts'"],
    [
      'src/core/repairs/a.ts',
      "import { x } from '../stock/queries.ts'\nimport { y } from '#core/stock/steps.ts'",
    ],
    ['src/core/repairs/a.ts', "import { x } from './store.ts'\nimport { now } from '../kernel/clock.ts'"],
    ['src/host/a.ts', "import { createApp } from '#core/app.ts'\nimport { x } from '#core/db/open.ts'"],
    ['src/main/a.ts', "import type { x } from '#contract/errors.ts'\nimport { app } from 'electron'"],
    ['src/main/a.ts', "import { type A, type B } from '#contract/errors.ts'"],
    [
      'src/renderer/src/components/A.vue',
      "<script setup>\nimport { ElButton } from 'element-plus'\n</script>",
    ],
    ['src/renderer/src/app/router.ts', "const page = () => import('@/features/stock/StockPage.vue')"],
  ])('%s may hold %s', (path, text) => {
    expect(forbiddenImports(parseSource(path, text))).toEqual([])
  })

  test('no two files need each other', () => {
    expect(circlesOf(sources)).toEqual([])
  })

  test('a circle of files is found, and a page fetched when it is opened closes none', () => {
    const inRound = [
      parseSource('src/core/a.ts', "import type { B } from './b.ts'"),
      parseSource('src/core/b.ts', "import { c } from './c.ts'"),
      parseSource('src/core/c.ts', "export { a } from './a.ts'"),
    ]
    expect(circlesOf(inRound)).toEqual(['src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts'])
    const opened = [
      parseSource('src/core/a.ts', "const page = () => import('./b.ts')"),
      parseSource('src/core/b.ts', "import { a } from './a.ts'"),
    ]
    expect(circlesOf(opened)).toEqual([])
  })

  test('a table is named by the store of one module only', () => {
    expect(tablesOfSeveralModules(sources)).toEqual([])
  })

  test('a table named by two modules is found', () => {
    const text = "import { repairs } from '../db/schema/repairs.ts'"
    const two = [parseSource('src/core/repairs/store.ts', text), parseSource('src/core/stock/store.ts', text)]
    expect(tablesOfSeveralModules(two)).toEqual(['table repairs is named by the modules repairs and stock'])
  })
})

describe('the clock', () => {
  test('only the kernel reads it', () => {
    expect(
      sources
        .filter(({ path }) => ![clockFile, windowClockFile, shellClockFile].includes(path))
        .flatMap(clockReadings),
    ).toEqual([])
  })

  test.each(['Date.now()', 'new Date()', 'new Date', 'Date()', 'Temporal.Now.instant()'])(
    '%s is a reading',
    (text) => {
      expect(clockReadings(parseSource('src/core/a.ts', `const x = ${text}`))).toHaveLength(1)
      expect(clockReadings(parseSource('src/a.vue', `<template>{{ ${text} }}</template>`))).toHaveLength(1)
    },
  )

  test('a date made from a given time is no reading', () => {
    expect(clockReadings(parseSource('src/core/a.ts', 'const x = new Date(at)'))).toEqual([])
  })
})

describe('what a person must be able to read', () => {
  const all = [
    ...sources,
    ...filesUnder('test', ['.ts']).map(readSource),
    ...filesUnder('scripts', ['.mjs', '.ts']).map(readSource),
  ]

  test('no script is longer than 300 lines, no .vue file longer than 250', () => {
    const limitOf = (path: string): number => (path.endsWith('.vue') ? 250 : 300)
    const tooLong = all
      .filter(({ path, lines }) => lines > limitOf(path))
      .map(({ path, lines }) => `${path} has ${lines} lines, more than ${limitOf(path)}`)
    expect(tooLong).toEqual([])
  })

  test('nothing switches a check off', () => {
    const words = [
      'eslint-disable',
      'oxlint-disable',
      '@ts-ignore',
      '@ts-expect-error',
      '@ts-nocheck',
      'as unknown as',
    ]
    const found = all
      .filter(({ path }) => path !== 'test/architecture/architecture.test.ts')
      .flatMap(({ path, text }) =>
        words.filter((word) => text.includes(word)).map((word) => `${path} holds ${word}`),
      )
    expect(found).toEqual([])
  })

  test('the top level holds the tree of the plan and what decision 002 lists', () => {
    const decision = readFileSync(join(root, 'docs/decisions/002-top-level-files.md'), 'utf8')
    const listed = new Set([...decision.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]))
    const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
    const extra = readdirSync(root, { withFileTypes: true })
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .filter((name) => name !== '.git/' && name !== '.git' && !listed.has(name) && !ignored.includes(name))
    expect(extra).toEqual([])
  })
})

function tablesOfSeveralModules(files: readonly Source[]): string[] {
  const namedBy = new Map<string, Set<string>>()
  for (const source of files) {
    for (const table of tablesTaken(source)) {
      const modules = namedBy.get(table) ?? new Set()
      namedBy.set(table, modules.add(coreModuleOf(source.path) || 'the top of core'))
    }
  }
  return [...namedBy]
    .filter(([, modules]) => modules.size > 1)
    .map(([table, modules]) => `table ${table} is named by the modules ${[...modules].sort().join(' and ')}`)
}

function clockReadings(source: Source): string[] {
  const found: string[] = []
  const report = (text: string): void => {
    found.push(`${source.path} reads the clock: ${text}; only ${clockFile} may`)
  }
  walk(source.tree, (node) => {
    if (ts.isNewExpression(node) && isDate(node.expression) && !node.arguments?.length) report('new Date()')
    else if (ts.isCallExpression(node) && isDate(node.expression)) report('Date()')
    else if (ts.isPropertyAccessExpression(node) && isDate(node.expression) && node.name.text === 'now') {
      report('Date.now')
    } else if (ts.isPropertyAccessExpression(node) && node.getText() === 'Temporal.Now')
      report('Temporal.Now')
  })
  if (source.path.endsWith('.vue')) {
    const template = source.text.replaceAll(/<script\b[\s\S]*?<\/script>/g, '')
    for (const match of template.matchAll(
      /\bDate\.now\b|\bnew Date(?:\(\)|\b(?!\())|(?<!new )\bDate\(\)|\bTemporal\.Now\b/g,
    )) {
      report(match[0])
    }
  }
  return found
}

function isDate(expression: ts.Expression): boolean {
  return ts.isIdentifier(expression) && expression.text === 'Date'
}

import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'

import ts from 'typescript'

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..')

/** One import of a file: what it names (`*` for all of it), whether only types are taken, whether it is fetched only
 * when it is needed (`import(…)`), and where it leads: a path inside the project (`src/core/app.ts`) or the name of a
 * package (`zod`, `node:fs`). */
export interface Import {
  readonly specifier: string
  readonly names: readonly string[]
  readonly typeOnly: boolean
  readonly lazy: boolean
  readonly target: string
  readonly isPackage: boolean
}

/** One source file: all of its text, and the syntax tree of its script (of .vue, the script blocks). */
export interface Source {
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly tree: ts.SourceFile
  readonly imports: readonly Import[]
}

const packageImports: ReadonlyArray<readonly [string, string]> = [
  ['#contract/', 'src/contract/'],
  ['#core/', 'src/core/'],
  ['#host/', 'src/host/'],
]

/** All files under a folder of the project whose names end in one of the given endings, sorted. */
export function filesUnder(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1).replaceAll('\\', '/'), entry.name))
    .sort()
}

/** Reads and parses one file. */
export function readSource(path: string): Source {
  return parseSource(path, readFileSync(join(root, path), 'utf8'))
}

/** Parses a text as if it stood at the given path of the project. */
export function parseSource(path: string, text: string): Source {
  const code = path.endsWith('.vue') ? scriptsOf(text) : text
  const tree = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const lines = text.endsWith('\n') ? text.split('\n').length - 1 : text.split('\n').length
  return { path, text, lines, tree, imports: importsOf(path, tree) }
}

function scriptsOf(vue: string): string {
  return [...vue.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
}

function importsOf(path: string, tree: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (
    specifier: string,
    typeOnly: boolean,
    names: readonly string[] = ['*'],
    lazy = false,
  ): void => {
    found.push({ specifier, names, typeOnly, lazy, ...resolveSpecifier(path, specifier) })
  }
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, takesTypesOnly(node.importClause), namesTaken(node.importClause))
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, node.isTypeOnly)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [first] = node.arguments
      if (first !== undefined && ts.isStringLiteralLike(first)) add(first.text, false, ['*'], true)
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      add(node.argument.literal.text, true)
    }
  })
  return found
}

/** `import type …`, or braces in which every name is marked as a type. A bare `import 'x'` runs the module. */
function takesTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly)
}

function namesTaken(clause: ts.ImportClause | undefined): string[] {
  const named = clause?.namedBindings
  if (clause?.name !== undefined || named === undefined || !ts.isNamedImports(named)) return ['*']
  return named.elements.map((element) => (element.propertyName ?? element.name).text)
}

function resolveSpecifier(from: string, specifier: string): { target: string; isPackage: boolean } {
  const [plain = specifier] = specifier.split('?')
  if (plain.startsWith('.')) return { target: posix.join(dirname(from), plain), isPackage: false }
  if (plain.startsWith('@/')) return { target: `src/renderer/src/${plain.slice(2)}`, isPackage: false }
  for (const [prefix, folder] of packageImports) {
    if (plain.startsWith(prefix)) return { target: folder + plain.slice(prefix.length), isPackage: false }
  }
  const parts = plain.split('/')
  const name = plain.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? plain)
  return { target: name, isPackage: true }
}

/** Calls `visit` for the node and everything beneath it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

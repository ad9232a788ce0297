import ts from 'typescript'

import { filesUnder, readSource } from '../architecture/sources.ts'

/* The facts that the core's sources write into the history of a repair, read from the sources themselves, so that a
 * new one cannot be forgotten in the window. */

const variables = new Set(['detail', 'facts'])
const writers = new Set(['noteWork', 'noteOnRepairs', 'saveWork'])
const makers = new Set(['lineDetail', 'chargeFacts', 'detailOf'])

/** Keys of the flat facts of history lines in the core's sources. */
export function historyKeys(): Set<string> {
  const keys = new Set<string>()
  for (const path of filesUnder('src/core', ['.ts'])) {
    if (!path.startsWith('src/core/db/')) visit(readSource(path).tree, keys)
  }
  return keys
}

function visit(node: ts.Node, keys: Set<string>): void {
  if (ts.isObjectLiteralExpression(node) && isDetail(node)) collect(node, keys)
  ts.forEachChild(node, (child) => visit(child, keys))
}

/** True for an object that stands where the facts of a line stand. */
function isDetail(node: ts.ObjectLiteralExpression): boolean {
  const parent = node.parent
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent))
    return variables.has(parent.name.getText())
  if (ts.isCallExpression(parent)) return writers.has(parent.expression.getText())
  if (ts.isConditionalExpression(parent)) return /\bdetail\b/.test(parent.getText())
  return makers.has(functionAround(node))
}

function functionAround(node: ts.Node): string {
  for (let up = node.parent; up; up = up.parent)
    if (ts.isFunctionDeclaration(up)) return up.name?.getText() ?? ''
  return ''
}

/** The keys of the object, and of what it spreads under a condition. */
function collect(node: ts.ObjectLiteralExpression, keys: Set<string>): void {
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) collectSpread(property.expression, keys)
    else if (property.name && !ts.isComputedPropertyName(property.name)) {
      keys.add(property.name.getText().replaceAll("'", ''))
    }
  }
}

function collectSpread(node: ts.Node, keys: Set<string>): void {
  if (ts.isObjectLiteralExpression(node)) collect(node, keys)
  else ts.forEachChild(node, (child) => collectSpread(child, keys))
}

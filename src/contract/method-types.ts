import type { z } from 'zod'
import type { everyMethod } from './index.ts'
import type { MethodKind, MethodMeta } from './method.ts'

/** Types that read the contract: method names, their inputs and outputs, and which kind each is. */
export type Methods = typeof everyMethod
export type ModuleName = keyof Methods & string

export type MethodName = { [M in ModuleName]: `${M}.${keyof Methods[M] & string}` }[ModuleName]

type Procedure<N extends MethodName> = N extends `${infer M}.${infer V}`
  ? M extends ModuleName
    ? V extends keyof Methods[M]
      ? Methods[M][V]
      : never
    : never
  : never

interface Shape {
  readonly '~orpc': {
    readonly inputSchema?: unknown
    readonly outputSchema?: unknown
    readonly meta: MethodMeta
  }
  readonly kind: MethodKind
}

type SchemaOf<P, K extends 'inputSchema' | 'outputSchema'> = P extends {
  readonly '~orpc': { readonly [Q in K]?: infer S }
}
  ? NonNullable<S>
  : never

/** Parsed input of a method. */
export type InputOf<N extends MethodName> =
  SchemaOf<Procedure<N>, 'inputSchema'> extends z.ZodType<infer O, infer _I> ? O : never
/** What the method answers. */
export type OutputOf<N extends MethodName> =
  SchemaOf<Procedure<N>, 'outputSchema'> extends z.ZodType<infer O, infer _I> ? O : never

export type KindOf<N extends MethodName> = Procedure<N> extends Shape ? Procedure<N>['kind'] : never

/** Names of all methods of the given kinds. */
export type NamesOfKind<K extends MethodKind> = {
  [N in MethodName]: KindOf<N> extends K ? N : never
}[MethodName]

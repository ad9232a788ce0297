import type { HandlersOf } from '../context.ts'
import { find } from './queries.ts'

export const searchHandlers: HandlersOf<'search'> = { find }

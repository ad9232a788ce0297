import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { isConnectionLoss, toCallError } from '../../src/renderer/src/client/call-error.ts'

/* What a seat makes of answers that are none of ours: from the server in front of dispatch, or from nobody. */

test.each([408, 502, 503, 504])('a call answered %i may be sent again: it was not done', (status) => {
  expect(isConnectionLoss(toCallError(new ORPCError('TIMEOUT', { status })))).toBe(true)
})

test.each([
  [401, 'session.required'],
  [403, 'forbidden'],
  [413, 'request.too_large'],
  [429, 'session.locked_out'],
  [400, 'request.malformed'],
  [500, 'internal'],
])('a call answered %i is not sent again', (status, code) => {
  const error = toCallError(new ORPCError('X', { status }))
  expect([error.code, isConnectionLoss(error)]).toEqual([code, false])
})

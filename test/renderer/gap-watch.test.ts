import { expect, test } from 'vitest'
import { gapWatch } from '../../src/renderer/src/client/gap-watch.ts'

/* A seat that was too slow for the host's announcements notices what it has missed. */

const told = () => {
  const watch = gapWatch()
  return (seq: number) => watch(seq)
}

test('events in their order are nothing to ask anew for, whatever number the first one has', () => {
  expect([0, 41, 42, 43].map(told())).toEqual([false, false, false, false])
})

test('each gap is told once, at the event after it', () => {
  expect([0, 5, 6, 1200, 1201, 1300].map(told())).toEqual([false, false, false, true, false, true])
})

test('a stream that is opened again begins anew: a host that was restarted counts from one', () => {
  expect([0, 900].map(told())).toEqual([false, false])
  expect([0, 1, 2].map(told())).toEqual([false, false, false])
})

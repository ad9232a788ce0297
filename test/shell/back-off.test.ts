import { expect, test } from 'vitest'

import { createBackOff } from '../../src/main/back-off.ts'

test('a host that keeps dying is started after 1, 2, 4, 8, 16 and then every 30 seconds', () => {
  const backOff = createBackOff()
  expect(Array.from({ length: 7 }, () => backOff.next(500))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
})

test('a host that ran well for a minute is started after one second again', () => {
  const backOff = createBackOff()
  for (let times = 0; times < 5; times += 1) backOff.next(500)
  expect(backOff.next(60_000)).toBe(1000)
  expect(backOff.next(500)).toBe(2000)
})

import { expect, test } from 'vitest'
import { manualClock } from '#core/app.ts'
import { createLoginLimits } from '../../src/host/login-limits.ts'

const minute = 60_000

test('an address that guesses waits a quarter of an hour, and no other address does', () => {
  const clock = manualClock(0)
  const limits = createLoginLimits(clock)
  for (let n = 0; n < 20; n++) {
    expect(limits.waits('address', '192.168.1.66')).toBe(null)
    limits.failed('address', '192.168.1.66')
  }
  expect(limits.waits('address', '192.168.1.66')).toBe(15)
  expect(limits.waits('address', '192.168.1.20')).toBe(null)
  clock.advance(15 * minute)
  expect(limits.waits('address', '192.168.1.66')).toBe(null)
})

test('at one’s own seat five wrong passwords wait, and the right one starts afresh', () => {
  const clock = manualClock(0)
  const limits = createLoginLimits(clock)
  for (let n = 0; n < 4; n++) limits.failed('seat', 'counter 2')
  limits.succeeded('seat', 'counter 2')
  for (let n = 0; n < 4; n++) limits.failed('seat', 'counter 2')
  expect(limits.waits('seat', 'counter 2')).toBe(null)
  limits.failed('seat', 'counter 2')
  expect(limits.waits('seat', 'counter 2')).toBe(15)
})

test('guesses under ten thousand names do not fill the memory, and a clock that is set back locks nobody', () => {
  const clock = manualClock(100 * minute)
  const limits = createLoginLimits(clock)
  for (let n = 0; n < 5; n++) limits.failed('seat', 'the first')
  clock.set(50 * minute)
  expect(limits.waits('seat', 'the first')).toBe(null)
  clock.set(100 * minute)
  for (let n = 0; n < 10_000; n++) limits.failed('seat', `name ${n}`)
  expect(limits.waits('seat', 'the first')).toBe(null)
})

test('tries of one person are looked at one after the other, those of another at once', async () => {
  const limits = createLoginLimits(manualClock(0))
  const first = Promise.withResolvers<void>()
  const done: string[] = []
  const tried = (key: string, wait?: Promise<void>) =>
    limits.inTurn('person', key, async () => {
      await wait
      done.push(key)
    })
  const failing = limits.inTurn('person', '1', async () => {
    await first.promise
    throw new Error('a wrong password')
  })
  const second = tried('1')
  await tried('2')
  expect(done).toEqual(['2'])
  first.resolve()
  await expect(failing).rejects.toThrow('a wrong password')
  await second
  expect(done).toEqual(['2', '1'])
})

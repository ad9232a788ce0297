import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hearHostTime, seatNow } from '../../src/renderer/src/client/clock.ts'

const noon = Date.UTC(2026, 10, 23, 12)
const asHttp = (at: number): string => new Date(at).toUTCString()

beforeEach(() => {
  vi.useFakeTimers({ now: noon })
})
afterEach(() => {
  hearHostTime(asHttp(Date.now()), Date.now())
  vi.useRealTimers()
})

test('a phone whose clock is a day slow shows and writes the shop’s day', () => {
  vi.setSystemTime(noon - 86_400_000)
  hearHostTime(asHttp(noon), Date.now())
  expect(Math.abs(seatNow() - noon)).toBeLessThanOrEqual(1000)
})

test('a clock that agrees but for the seconds an answer takes is left as it is', () => {
  hearHostTime(asHttp(noon - 2000), noon - 2000)
  expect(seatNow()).toBe(noon)
})

test('a phone whose clock is put right goes by its own again', () => {
  vi.setSystemTime(noon + 3_600_000)
  hearHostTime(asHttp(noon), Date.now())
  expect(Math.abs(seatNow() - noon)).toBeLessThanOrEqual(1000)
  vi.setSystemTime(noon)
  hearHostTime(asHttp(noon), noon)
  expect(seatNow()).toBe(noon)
})

test.each([null, '', 'yesterday'])('an answer that tells no time (%s) changes nothing', (text) => {
  hearHostTime(text, noon)
  expect(seatNow()).toBe(noon)
})

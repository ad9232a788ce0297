import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  amountOf,
  cashRounding,
  currencyDecimals,
  divideRounded,
  documentAmounts,
  netOfGross,
  splitByWeights,
  taxOnNet,
  type PricedLine,
} from '#contract/money.ts'

const seed = Number(process.env['BENCHSIDE_SEED'])

const line = (quantity: number, unitMinor: number, rateBp: number, discountMinor = 0): PricedLine => ({
  quantity,
  unitMinor,
  discountMinor,
  rateBp,
})
const pieces = (count: number) => count * 1000

test('V-09: prices without tax are added up first, then the tax of the rate is worked out once', () => {
  expect(documentAmounts([line(pieces(10), 360, 550)], false)).toMatchObject({
    netMinor: 3600,
    taxMinor: 198,
    grossMinor: 3798,
  })
  expect(documentAmounts([line(pieces(4), 563, 2200)], false)).toMatchObject({
    netMinor: 2252,
    taxMinor: 495,
  })
  // Line by line the same four pieces would come to 4 × 1.24 = 4.96.
  const apart = documentAmounts(Array<PricedLine>(4).fill(line(pieces(1), 563, 2200)), false)
  expect(apart.taxMinor).toBe(495)
  expect(apart.lines.map((each) => each.taxMinor)).toEqual([124, 124, 124, 123])
})

test('T-16, V-10: 100.00 with 13 % in it is 88.50 and 11.50, and stays 100.00', () => {
  expect(documentAmounts([line(pieces(1), 10_000, 1300)], true)).toMatchObject({
    netMinor: 8850,
    taxMinor: 1150,
    grossMinor: 10_000,
  })
})

test('V-10: prices with tax keep what the customer pays; the net is worked out of each line', () => {
  const one = (quantity: number, unit: number, rate: number) => {
    const { netMinor, taxMinor, grossMinor } = documentAmounts([line(quantity, unit, rate)], true)
    return [netMinor, taxMinor, grossMinor]
  }
  expect(one(pieces(1), 19_900, 1300)).toEqual([17_611, 2289, 19_900])
  expect(one(pieces(6), 150, 1000)).toEqual([818, 82, 900])
  const thirds = documentAmounts(Array<PricedLine>(3).fill(line(pieces(1), 3333, 1300)), true)
  expect([thirds.netMinor, thirds.taxMinor, thirds.grossMinor]).toEqual([8850, 1149, 9999])
})

test('T-17: 100.00 paid by three in equal parts is 33.34 and twice 33.33', () => {
  expect(splitByWeights(10_000, [3333, 3333, 3333])).toEqual([3334, 3333, 3333])
  expect(splitByWeights(-10_000, [1, 1, 1])).toEqual([-3334, -3333, -3333])
  expect(splitByWeights(1, [0, 1, 1])).toEqual([0, 1, 0])
  expect(splitByWeights(7, [0, 0])).toEqual([7, 0])
  expect(splitByWeights(7, [])).toEqual([])
})

test('several rates stand apart, the highest first, each with its own tax', () => {
  const mixed = [line(pieces(1), 10_000, 600), line(pieces(2), 5000, 1300), line(pieces(1), 777, 0)]
  expect(documentAmounts(mixed, false)).toMatchObject({
    rates: [
      { rateBp: 1300, netMinor: 10_000, taxMinor: 1300 },
      { rateBp: 600, netMinor: 10_000, taxMinor: 600 },
      { rateBp: 0, netMinor: 777, taxMinor: 0 },
    ],
    grossMinor: 22_677,
  })
})

test('half of the smallest coin goes away from zero, on either side of it', () => {
  expect([1n, -1n, 3n, -3n].map((half) => divideRounded(half, 2n))).toEqual([1, -1, 2, -2])
  expect(Object.is(divideRounded(-1n, 3n), 0)).toBe(true)
  expect(() => divideRounded(1n, 0n)).toThrow(RangeError)
})

test('a thousandth of a piece, and a price of nothing, have a price', () => {
  expect(amountOf(1, 500)).toBe(1)
  expect(amountOf(1, 499)).toBe(0)
  expect(documentAmounts([line(1, 123_456, 1300)], true)).toMatchObject({ netMinor: 109, grossMinor: 123 })
  expect(documentAmounts([line(pieces(3), 0, 1300)], false)).toMatchObject({
    netMinor: 0,
    taxMinor: 0,
    grossMinor: 0,
  })
  expect(documentAmounts([], true)).toEqual({
    lines: [],
    rates: [],
    netMinor: 0,
    taxMinor: 0,
    grossMinor: 0,
  })
})

test('cash is rounded to the coins there are, up and down', () => {
  expect([1, 2, 3, 7, 8, 10].map((total) => cashRounding(total, 5))).toEqual([-1, -2, 2, -2, 2, 0])
  expect(cashRounding(-3, 5)).toBe(-2)
  expect(cashRounding(1234, 1)).toBe(0)
  expect(cashRounding(1250, 100)).toBe(50)
})

test('a currency has the decimals it has: none for the yen, three for the Kuwaiti dinar', () => {
  expect(['CNY', 'JPY', 'KWD', 'EUR'].map(currencyDecimals)).toEqual([2, 0, 3, 2])
  // 1,000 yen with 10 % in it, and 1.000 dinar without tax at 5 %.
  expect(documentAmounts([line(pieces(1), 1000, 1000)], true)).toMatchObject({ netMinor: 909, taxMinor: 91 })
  expect(documentAmounts([line(pieces(1), 1000, 500)], false)).toMatchObject({
    taxMinor: 50,
    grossMinor: 1050,
  })
})

const rates = fc.constantFrom(0, 100, 300, 550, 600, 1300, 2200, 10_000)
const anyLine = fc.record({
  quantity: fc.oneof(fc.constantFrom(1, 500, 1000), fc.integer({ min: 1, max: 100_000 })),
  unitMinor: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900_000 })),
  discountMinor: fc.integer({ min: 0, max: 50_000 }),
  rateBp: rates,
})
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

test('lines add up to the total and the rates to the tax, for any lines and either kind of price', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 12 }), fc.boolean(), (lines, includesTax) => {
      const amounts = documentAmounts(lines, includesTax)
      expect(sum(amounts.lines.map((each) => each.grossMinor))).toBe(amounts.grossMinor)
      expect(sum(amounts.lines.map((each) => each.netMinor))).toBe(amounts.netMinor)
      expect(amounts.netMinor + amounts.taxMinor).toBe(amounts.grossMinor)
      for (const each of amounts.lines) expect(each.netMinor + each.taxMinor).toBe(each.grossMinor)
      expect(sum(amounts.rates.map((rate) => rate.taxMinor))).toBe(amounts.taxMinor)
      expect(sum(amounts.rates.map((rate) => rate.netMinor))).toBe(amounts.netMinor)
      lines.forEach((given, index) => {
        const price = amountOf(given.quantity, given.unitMinor) - given.discountMinor
        expect(includesTax ? amounts.lines[index]?.grossMinor : amounts.lines[index]?.netMinor).toBe(price)
      })
      for (const rate of includesTax ? [] : amounts.rates)
        expect(rate.taxMinor).toBe(taxOnNet(rate.netMinor, rate.rateBp))
    }),
    { seed, numRuns: 500 },
  )
})

test('the tax a line is given is never a coin or more away from its own, where no line is below nothing', () => {
  const positive = anyLine.map((each) => ({ ...each, discountMinor: 0 }))
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1, maxLength: 12 }), (lines) => {
      const amounts = documentAmounts(lines, false)
      amounts.lines.forEach((each, index) => {
        const exact = (each.netMinor * (lines[index]?.rateBp ?? 0)) / 10_000
        expect(Math.abs(each.taxMinor - exact)).toBeLessThan(1.5)
        expect(each.taxMinor).toBeGreaterThanOrEqual(0)
      })
    }),
    { seed, numRuns: 500 },
  )
})

test('shares always add up to the whole, and none is a coin or more away from its part', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }), weights, (total, given) => {
      const parts = splitByWeights(total, given)
      expect(sum(parts)).toBe(total)
      const whole = sum(given)
      if (whole === 0) return
      parts.forEach((part, index) => {
        expect(Math.abs(part - (total * (given[index] ?? 0)) / whole)).toBeLessThan(1)
        expect(Object.is(part, -0)).toBe(false)
      })
    }),
    { seed, numRuns: 500 },
  )
})

test('a price with tax and its net tell the same price: never more than half a coin apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), rates, (gross, bp) => {
      const net = netOfGross(gross, bp)
      expect(net).toBeLessThanOrEqual(gross)
      expect(Math.abs(net * (1 + bp / 10_000) - gross)).toBeLessThanOrEqual(0.5 * (1 + bp / 10_000) + 0.001)
    }),
    { seed, numRuns: 500 },
  )
})

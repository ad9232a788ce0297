import { currencyDecimals } from '#contract/money.ts'

/** Notes and coins in use, in units of the currency, the largest first. */
const inUse: Readonly<Record<string, readonly number[]>> = {
  CNY: [100, 50, 20, 10, 5, 1, 0.5, 0.1],
  HKD: [1000, 500, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1],
  TWD: [2000, 1000, 500, 200, 100, 50, 20, 10, 5, 1],
  MOP: [1000, 500, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1],
  USD: [100, 50, 20, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.01],
  CAD: [100, 50, 20, 10, 5, 2, 1, 0.25, 0.1, 0.05],
  AUD: [100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05],
  NZD: [100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1],
  SGD: [100, 50, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05],
  EUR: [200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01],
  GBP: [50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01],
  CHF: [1000, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05],
  JPY: [10_000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1],
  KRW: [50_000, 10_000, 5000, 1000, 500, 100, 50, 10],
  KWD: [20, 10, 5, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005],
  MYR: [100, 50, 20, 10, 5, 1, 0.5, 0.2, 0.1, 0.05],
  THB: [1000, 500, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.25],
  VND: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000],
}
/** For a currency that is not listed: 1-2-5 over what a drawer usually holds. */
const usual = [1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01]

/** What a drawer of this currency holds, in minor units, the largest first. */
export function denominationsOf(currency: string): number[] {
  const scale = 10 ** currencyDecimals(currency)
  return (inUse[currency] ?? usual).map((value) => Math.round(value * scale)).filter((value) => value >= 1)
}

/** Round sums a customer is likely to hand over for an amount, the smallest first: at most three above it. */
export function likelyTendered(amountMinor: number, currency: string): number[] {
  const sums = denominationsOf(currency).map((value) => Math.ceil(amountMinor / value) * value)
  const above = [...new Set(sums)].filter((sum) => sum > amountMinor).toSorted((a, b) => a - b)
  // Next whole coin is no sum anybody hands over on purpose: the three largest steps of those near the amount.
  return above.filter((sum) => sum <= Math.max(amountMinor * 3, above[0] ?? 0)).slice(-3)
}

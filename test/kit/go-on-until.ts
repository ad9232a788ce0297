/** How often a round of random runs is repeated for what it happened to miss. */
const mostRounds = 10

/**
 * Random runs prove something only if they got everywhere, and one round of them may miss what is rare. Further rounds,
 * each with a seed of its own, follow until nothing is missing: what is rare fails no test, what cannot happen any more
 * does. Answers what is still missing after the last round.
 */
export function goOnUntil(
  seed: number,
  round: (seed: number) => void,
  missing: () => readonly string[],
): readonly string[] {
  for (let number = 0; number < mostRounds; number++) {
    round(seed + number)
    if (missing().length === 0) break
  }
  return missing()
}

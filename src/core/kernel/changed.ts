/** Names of the fields of `now` that have another value than in `before`. */
export function changedFields(before: object, now: object): string[] {
  return Object.entries(now)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, key)))
    .map(([key]) => key)
}

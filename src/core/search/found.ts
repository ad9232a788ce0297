import { keyKinds, type KeyKind } from './keys.ts'
import type { KeyHit } from './store.ts'

export type Entity = 'repair' | 'device' | 'customer'

/** How telling a hit is: 0 a whole identifier, 1 a part of one, 2 a whole name, 3 a part of one. */
export const ranks = [0, 1, 2, 3] as const
export type Rank = (typeof ranks)[number]

/** What each kind of key leads to: a number, phone or serial tells more than a name. */
const meaning: Readonly<Record<KeyKind, readonly [Entity, whole: Rank, part: Rank]>> = {
  [keyKinds.number]: ['repair', 0, 1],
  [keyKinds.numberEnd]: ['repair', 0, 1],
  [keyKinds.serial]: ['device', 0, 1],
  [keyKinds.imei]: ['device', 0, 1],
  [keyKinds.deviceEnd]: ['device', 0, 1],
  [keyKinds.phone]: ['customer', 0, 1],
  [keyKinds.phonePart]: ['customer', 1, 1],
  [keyKinds.name]: ['customer', 2, 3],
  [keyKinds.pinyin]: ['customer', 2, 3],
  [keyKinds.initials]: ['customer', 2, 3],
}

/** What the keys led to, each thing once with its best rank. */
export class Found {
  readonly #refs: Readonly<Record<Entity, Map<number, Rank>>> = {
    repair: new Map(),
    device: new Map(),
    customer: new Map(),
  }

  add(entity: Entity, ref: number, rank: Rank): void {
    const refs = this.#refs[entity]
    const before = refs.get(ref)
    if (before === undefined || rank < before) refs.set(ref, rank)
  }

  /** Rows whose key begins with `asked`; one that is `asked` itself is whole. */
  addHits(hits: readonly KeyHit[], asked: string): void {
    for (const { key, kind, ref } of hits) {
      const [entity, whole, part] = meaning[kind]
      this.add(entity, ref, key === asked ? whole : part)
    }
  }

  has(entity: Entity): boolean {
    return this.#refs[entity].size > 0
  }

  /** The newest `limit` of one rank. */
  ofRank(entity: Entity, rank: Rank, limit: number): number[] {
    const refs = [...this.#refs[entity]].filter(([, own]) => own === rank).map(([ref]) => ref)
    return refs.sort((a, b) => b - a).slice(0, limit)
  }

  /** The best `limit`, the newest first within a rank. */
  best(entity: Entity, limit: number): number[] {
    return ranks.flatMap((rank) => this.ofRank(entity, rank, limit)).slice(0, limit)
  }
}

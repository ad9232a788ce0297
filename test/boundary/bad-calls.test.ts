import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { useShop } from '../imports/kit.ts'
import { signIn, type Seat } from '../kit/host.ts'
import { intakeOf } from '../kit/intake.ts'
import { call, expectRefused, send, stateOf, type Refused } from './kit.ts'

/*
 * Calls that are wrong as a whole: who calls, what for, and whether it can be read at all. Each is answered in
 * a code that both languages have words for, and not a row of the shop has changed.
 */
interface Stage {
  readonly url: string
  readonly owner: Seat
  readonly manager: Seat
  readonly technician: Seat
  /** Signed in, then left for longer than a session lasts. */
  readonly left: Seat
  /** Signed in, then switched off by the owner. */
  readonly gone: Seat
  /** An intake that has been received, and what received it. */
  readonly done: { commandId: string } & Awaited<ReturnType<typeof intakeOf>>
}

const shop = useShop()
let stage: Stage

beforeAll(async () => {
  const host = shop.host()
  const owner = shop.seat()
  const manager = await signIn(host, 'manager')
  const technician = await signIn(host, 'technician')
  const left = await signIn(host, 'counter')
  const gone = await signIn(host, 'storekeeper')
  const users = await owner.client.users.list({})
  const storekeeper = users.find((user) => user.login === 'storekeeper')
  if (!storekeeper) throw new Error('there is no storekeeper')
  const { id: userId, version, login, name, language, roleIds } = storekeeper
  await owner.client.users.update({
    commandId: randomUUID(),
    userId,
    version,
    login,
    name,
    language,
    roleIds,
    active: false,
  })
  const done = { commandId: randomUUID(), ...(await intakeOf(owner)) }
  await owner.client.repairs.receive(done)
  stage = { url: host.url, owner, manager, technician, left, gone, done }
})

beforeEach(() => {
  // The counter went home a year ago, as far as the shop's clock is concerned.
  const file = new Database(join(shop.host().data, 'shop.db'))
  file
    .prepare(
      "UPDATE sessions SET expires_at = 1 WHERE user_id = (SELECT id FROM users WHERE login = 'counter')",
    )
    .run()
  file.close()
})

const receive = '/rpc/repairs/receive'
const changedFault = ({ done }: Stage) => {
  const copy = structuredClone(done)
  const [item] = copy.items
  if (item) item.visit.faultText = 'Another fault altogether'
  return copy
}

const rows: Refused<Stage>[] = [
  {
    what: 'An act done before, sent again with another fault, is refused.',
    act: (at) => call(at.url, at.owner, 'repairs.receive', changedFault(at)),
    code: 'command.reused',
    status: 409,
  },
  {
    what: 'An act done before, sent again for another purpose, is refused.',
    act: ({ url, owner, done }) =>
      call(url, owner, 'drafts.discard', { commandId: done.commandId, uid: randomUUID() }),
    code: 'command.reused',
    status: 409,
  },
  {
    what: 'An act done before, sent again by somebody else, is refused.',
    act: ({ url, manager, done }) => call(url, manager, 'repairs.receive', done),
    code: 'command.reused',
    status: 409,
  },
  {
    what: 'Somebody who has not signed in receives nothing.',
    act: ({ url, done }) => call(url, undefined, 'repairs.receive', { ...done, commandId: randomUUID() }),
    code: 'session.required',
    status: 401,
  },
  {
    what: 'Somebody whose session has ended is asked to sign in again.',
    act: ({ url, left, done }) => call(url, left, 'repairs.receive', { ...done, commandId: randomUUID() }),
    code: 'session.expired',
    status: 401,
  },
  {
    what: 'Somebody whose session has ended reads nothing either.',
    act: ({ url, left }) => call(url, left, 'repairs.board', {}),
    code: 'session.expired',
    status: 401,
  },
  {
    what: 'Somebody who was switched off is out at once.',
    act: ({ url, gone }) => call(url, gone, 'repairs.board', {}),
    code: 'session.expired',
    status: 401,
  },
  {
    what: 'A technician who receives at the counter is told which permission that takes.',
    act: ({ url, technician, done }) =>
      call(url, technician, 'repairs.receive', { ...done, commandId: randomUUID() }),
    code: 'forbidden',
    params: { permission: 'repairs.receive' },
    status: 403,
  },
  {
    what: 'A technician who asks for the people is told which permission that takes, before the input is looked at.',
    act: ({ url, technician }) => call(url, technician, 'users.list', { nonsense: true }),
    code: 'forbidden',
    params: { permission: 'users.manage' },
    status: 403,
  },
  {
    what: 'A body that is no JSON cannot be read.',
    act: ({ url, owner }) => send(url, receive, 'items=1&items=2', { seat: owner }),
    code: 'request.malformed',
    status: 400,
  },
  {
    what: 'JSON that breaks off cannot be read.',
    act: ({ url, owner, done }) =>
      send(url, receive, JSON.stringify({ json: done }).slice(0, 200), { seat: owner }),
    code: 'request.malformed',
    status: 400,
  },
  {
    what: 'JSON that breaks off cannot be read by the way of other programs either.',
    act: ({ url, owner }) => send(url, '/api/repairs/receive', '{"items": [', { seat: owner }),
    code: 'request.malformed',
    status: 400,
  },
  {
    what: 'A form without its boundary cannot be read.',
    act: ({ url, owner }) => send(url, receive, 'x', { seat: owner, type: 'multipart/form-data' }),
    code: 'request.malformed',
    status: 400,
  },
  {
    what: 'Notes about types that are none cannot be read.',
    act: ({ url, owner }) => send(url, receive, '{"json":{},"meta":7}', { seat: owner }),
    code: 'request.malformed',
    status: 400,
  },
  {
    what: 'A method nobody has is not there.',
    act: ({ url, owner }) => call(url, owner, 'repairs.explode', {}),
    code: 'not_found',
    params: { entity: 'method' },
    status: 404,
  },
  {
    what: 'A method of a module nobody has is not there.',
    act: ({ url, owner }) => call(url, owner, 'constructor.prototype', {}),
    code: 'not_found',
    params: { entity: 'method' },
    status: 404,
  },
  {
    what: 'A method nobody has is not there for other programs either.',
    act: ({ url, owner }) => send(url, '/api/repairs/explode', '{}', { seat: owner }),
    code: 'not_found',
    params: { entity: 'method' },
    status: 404,
  },
  {
    what: 'A method of the host’s own is not there for a seat, not even for the owner’s.',
    act: ({ url, owner }) => call(url, owner, 'people.insert', { login: 'thief' }),
    code: 'not_found',
    params: { entity: 'method' },
    status: 404,
  },
]

test.each(rows)('$what', async (row) => {
  await expectRefused(row, stage, shop.host().data)
})

test('An act done before, sent again unchanged, answers as it did and is not done twice.', async () => {
  const before = stateOf(shop.host().data)
  const again = await stage.owner.client.repairs.receive(stage.done)
  expect(again.repairs).toHaveLength(1)
  expect(stateOf(shop.host().data)).toEqual(before)
})

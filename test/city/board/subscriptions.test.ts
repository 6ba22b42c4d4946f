import { pino } from 'pino'
import { describe, expect, it, vi } from 'vitest'
import { Boards } from '../../../server/city/board/boards.ts'
import { Kept } from '../../../server/city/board/kept.ts'
import { Subscriptions } from '../../../server/city/board/subscriptions.ts'
import { PlaceTree } from '../../../server/city/levels/places.ts'
import type { Listener } from '../../../server/city/sockets/listener.ts'
import { encode } from '../../../server/city/sockets/wire.ts'
import { DAY } from '../../../shared/base/time.ts'
import { emptyBoard } from '../../../shared/city/board.ts'
import type { SubscribeResult } from '../../../shared/city/pushes.ts'
import { DEFAULT_SETTINGS, installationOf } from '../../../shared/people/settings/settings-rules.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'
import { AT, changed, registerChanged } from '../../base/live/made.ts'

const GUANGZHOU = '440100'
const TIANHE = '440106'
const NANSHA = '440115'
const division = (code: string, parent: string | null): Division => ({
  ...{ code, name: code, nameEn: code, parent, successor: null },
  level: parent === null ? 'city' : 'district',
})
const tree = new PlaceTree([
  division(GUANGZHOU, null),
  division(TIANHE, GUANGZHOU),
  division(NANSHA, GUANGZHOU),
])
const loadedWith = (...codes: string[]) => ({
  board: emptyBoard(),
  upTo: { seq: 0, mark: null },
  platforms: [],
  places: { area: null, groups: codes.map((code) => ({ ...tree.name(code), within: tree.path(code) })) },
  tree,
  installation: installationOf(DEFAULT_SETTINGS, DEFAULT_SETTINGS.edition, null),
  recent: [],
  demo: false,
})

function listener(): Listener {
  const user = { scope: { kind: 'city' }, access: 'session' }
  return {
    ...{
      who: 'person 1',
      rooms: new Set(),
      view: null,
      isAsking: false,
      socket: { connected: true, data: { user } },
    },
    ...{ mayAsk: () => true, mayHaveSnapshot: () => true, send() {}, sendWhole() {}, sendAway() {} },
  } as unknown as Listener
}
const LOG = pino({ level: 'silent' })
const subscribe = (desk: Subscriptions, one: Listener, rooms: string[], since?: number) =>
  new Promise<SubscribeResult>((resolve) => desk.ask(one, { rooms, since }, resolve))

describe('what one person may ask for', () => {
  it('who hears as many sets of rooms as one may is refused another before anything is written for it', async () => {
    const boards = new Boards(loadedWith(TIANHE), () => Date.parse(AT))
    boards.take([changed(1, 1, 'down')])
    const desk = new Subscriptions(boards, LOG)
    for (let n = 0; n < 60; n++) await subscribe(desk, listener(), [`unit:${n}`], 1)
    const since = vi.spyOn(boards, 'since')
    const whole = vi.spyOn(boards, 'whole')
    for (const from of [0, undefined])
      expect(await subscribe(desk, listener(), ['unit:60'], from)).toMatchObject({
        code: 'too_many_requests',
      })
    expect([since.mock.calls, whole.mock.calls]).toEqual([[], []])
    expect(await subscribe(desk, listener(), ['unit:0'], 1), 'one that is heard already').toMatchObject({
      ok: true,
    })
  })

  it('who asks for what cannot be answered is sent away, and nobody else notices', async () => {
    const boards = new Boards(loadedWith(TIANHE), () => Date.parse(AT))
    const desk = new Subscriptions(boards, LOG)
    const one = listener()
    const sentAway = vi.fn()
    Object.assign(one.socket, { disconnect: sentAway })
    vi.spyOn(boards, 'whole').mockImplementationOnce(() => {
      throw new Error('what nobody thought of')
    })
    const answer = vi.fn()
    desk.ask(one, { rooms: ['city'] }, answer)
    expect(await subscribe(desk, listener(), ['city'])).toMatchObject({ ok: true })
    expect([answer.mock.calls, sentAway.mock.calls]).toEqual([[], [[true]]])
  })

  it('while the register is loaded anew, nobody is told to have what the board has not', async () => {
    const boards = new Boards(loadedWith(TIANHE), () => Date.parse(AT))
    const desk = new Subscriptions(boards, LOG)
    const edited = registerChanged(2)
    expect(boards.take([changed(1, 1, 'down'), edited, changed(3, 1, 'healthy')])).toBe(false)
    expect(boards.board.seq).toBe(1)
    const early = await subscribe(desk, listener(), ['city'])
    expect(early).toMatchObject({ ok: true, seq: 1, snapshot: true })
    boards.replace(
      { ...loadedWith(TIANHE), board: { ...emptyBoard(), seq: 3 }, recent: [changed(1, 1, 'down'), edited] },
      false,
    )
    // Who lost the line before the whole came asks for what came since, and gets all of it.
    expect(await subscribe(desk, listener(), ['city'], 1)).toMatchObject({ ok: true, seq: 3, snapshot: true })
  })

  it('what is counted of the last days is counted anew on the next', () => {
    let now = Date.parse(AT)
    const boards = new Boards(loadedWith(TIANHE), () => now)
    expect(boards.take([changed(1, 1, 'down')])).toBe(true)
    now += DAY
    expect(boards.take([changed(2, 1, 'healthy')])).toBe(false)
    boards.replace({ ...loadedWith(TIANHE), board: { ...emptyBoard(), seq: 2 } }, false)
    expect(boards.take([changed(3, 1, 'down')])).toBe(true)
  })

  it('however many different things are asked for, what is kept of them has an end', () => {
    const kept = new Kept<{ push: ReturnType<typeof encode> | null }>()
    for (let n = 0; n < 5_000; n++) kept.set(`${n} city`, { push: null })
    expect([...kept.keys()]).toHaveLength(1_000)
    expect(kept.get('4999 city')).toBeDefined()
    const facts = Array.from({ length: 400 }, (_, n) => changed(n + 1, n, 'down'))
    const push = encode('facts', facts)
    for (let n = 0; n < 1_000; n++) kept.set(`${n} wall`, { push })
    expect(kept.bytes).toBeLessThanOrEqual(64 * 1024 * 1024)
    expect([...kept.keys()].length).toBeLessThan(1_000)
    kept.clear()
    expect(kept.bytes).toBe(0)
  })
})

it('who hears a city hears its new district from when the register has it', async () => {
  const boards = new Boards(loadedWith(TIANHE), () => Date.parse(AT))
  const desk = new Subscriptions(boards, LOG)
  await subscribe(desk, listener(), [`region:${GUANGZHOU}`])
  const hasNansha = () =>
    [...desk.audiences()].map(({ view }) => view.hearsPlaces([{ district: NANSHA, unitId: 1 }], boards.board))
  expect(hasNansha()).toEqual([false])
  boards.replace(loadedWith(TIANHE, NANSHA), false)
  desk.judgeAgain()
  expect(hasNansha()).toEqual([true])
})

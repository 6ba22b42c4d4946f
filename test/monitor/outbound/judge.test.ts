import { describe, expect, it, test } from 'vitest'
import { shownHost } from '../../../server/monitor/outbound/domain.ts'
import { afterLook, judgeHost } from '../../../server/monitor/outbound/looks/judge.ts'
import { foreignOf } from '../../../server/monitor/outbound/notes.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { judged, look } from './judge.table.ts'
import { HIJACKED, PARKED } from './looks.ts'

describe('what became of a host', () => {
  it('is told by what it is now: another trade, or for sale', () => {
    expect(HIJACKED.filter((one) => judged(one) !== 'hijacked')).toEqual([])
    expect(PARKED.filter((one) => judged(one) !== 'parked')).toEqual([])
  })

  it('is a dead domain only where nobody has it registered', () => {
    const gone = look({ cause: 'dns_not_found' })
    expect(judgeHost('www.example.cn', { ...gone, isRegistered: false }, null).state).toBe('dead')
    expect(judgeHost('www.example.cn', { ...gone, isRegistered: true }, null).state).toBe('unopened')
    expect(judgeHost('www.example.cn', gone, null).state, 'nobody answered').toBe('unopened')
  })

  it('is not known of what loops, is blocked or late', () => {
    for (const cause of ['redirect_loop', 'blocked_firewall', 'timeout', 'refused_address'] as const) {
      expect(judged({ cause })).toBe('unopened')
    }
  })
})

describe('a host', () => {
  const FINE = { state: 'fine', sinceMs: 0, pending: null, pendingTimes: 0, pendingSinceMs: null } as const

  it('goes bad by two looks that agree, ten minutes apart', () => {
    const first = afterLook(FINE, 'hijacked', 1)
    expect(first).toMatchObject({ state: 'fine', pending: 'hijacked', againMs: 10 * MINUTE })
    expect(afterLook(first, 'hijacked', 2)).toMatchObject({ state: 'hijacked', sinceMs: 2, isChanged: true })
    expect(afterLook(first, 'fine', 2)).toMatchObject({ state: 'fine', pending: null, isChanged: false })
  })

  it('is dead when it was gone for a day, not for three looks of an hour', () => {
    let host = afterLook(FINE, 'dead', 0)
    for (const hour of [1, 2, 3]) host = afterLook(host, 'dead', hour * HOUR)
    expect(host.state).toBe('fine')
    expect(afterLook(host, 'dead', 24 * HOUR).state).toBe('dead')
  })

  it('is not well again because it did not open', () => {
    const bad = { ...FINE, state: 'hijacked' } as const
    expect(afterLook(bad, 'unopened', 1)).toMatchObject({ state: 'hijacked', isChanged: false })
    expect(afterLook(afterLook(bad, 'fine', 1), 'fine', 2).state).toBe('fine')
  })

  it('that was never looked at is at once what it is, if that is nothing bad', () => {
    expect(afterLook({ ...FINE, state: 'waiting' }, 'fine', 1).state).toBe('fine')
    expect(afterLook({ ...FINE, state: 'waiting' }, 'hijacked', 1).state).toBe('waiting')
  })
})

test('a name in letters of other scripts is shown as it is asked for, and what it passes for', () => {
  expect(shownHost(new URL('http://www.bаidu.com').hostname)).toEqual({
    text: 'www.xn--bidu-53d.com',
    resembles: 'www.baidu.com',
  })
  expect(shownHost('www.xn--cjrt4w1na78t.cn')).toEqual({ text: 'www.广州文化.cn', resembles: null })
  expect(shownHost('www.gd.gov.cn')).toEqual({ text: 'www.gd.gov.cn', resembles: null })
})

test('what is of the same domain is not foreign; of 5,000 hosts on a page the first 400 are kept', () => {
  const link = (url: string) => ({ url, text: '', manner: 'link' as const })
  const own = [link('http://www.th.gov.cn/a'), link('https://sub.th.gov.cn/'), link('http://www.gz.gov.cn/')]
  expect(foreignOf(own, 'http://www.th.gov.cn/').map(({ host }) => host)).toEqual(['www.gz.gov.cn'])
  const many = Array.from({ length: 5_000 }, (_, n) => link(`http://h${n}.com/`))
  expect(foreignOf(many, 'http://www.th.gov.cn/')).toHaveLength(400)
})

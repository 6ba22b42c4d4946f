import { describe, expect, it } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import { believed, causeOf, heldBack, saidBy } from '../../../server/monitor/rendering/rules.ts'
import { rulesInForce } from '../../../server/monitor/verdicts/in-force.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'

const REF = '2026-03-03'
const read = (html: string): Finding =>
  readPage({ bytes: Buffer.from(html), url: 'http://www.example.gov.cn/', kind: 'home', ref: REF })
const listed = (...days: string[]): Finding =>
  read(
    `<html><ul>${days.map((day) => `<li><a href="/${day}.html">关于召开会议的通知（${day}）</a><span>${day}</span></li>`).join('')}</ul>`,
  )
const ofScript = read(
  '<html><div id="app"></div><script>fetch("/news.json").then(r=>r.json()).then(l=>{app.innerHTML=l.map(i=>"<li>"+i.title).join("")})</script>',
)
const undated = read(
  `<html><p>${'本局依法履行职责，欢迎监督。'.repeat(30)}</p><ul>${[1, 2, 3, 4, 5, 6].map((n) => `<li><a href="/${n}.html">关于召开第${n}次全市工作会议的通知</a></li>`).join('')}</ul>`,
)
const NEW = ['2026-03-01', '2026-02-27', '2026-02-25']
const OLD = ['2026-01-05', '2026-01-03', '2026-01-02']

describe('a page is drawn', () => {
  it('when a script makes its lists, when it has no date, when it shows hardly anything', () => {
    expect(causeOf(ofScript, null)).toBe('drawn')
    expect(causeOf(undated, null)).toBe('undated')
    expect(causeOf(listed('2026-03-01'), null)).toBe('few')
  })
  it('when it is older than it was, and not when it says enough', () => {
    expect(causeOf(listed(...OLD), '2026-03-01')).toBe('older')
    expect(causeOf(listed(...NEW), '2026-02-25')).toBeNull()
  })
  it('and not for what leads to other pages, which are read in its place', () => {
    expect(causeOf({ ...undated, entrance: true }, null)).toBeNull()
  })
})

describe('of two readings', () => {
  it('the one that shows the newer item counts', () => {
    expect(believed(ofScript, listed(...NEW))?.newest).toBe('2026-03-01')
    expect(believed(listed(...OLD), listed(...NEW))?.newest).toBe('2026-03-01')
    expect(believed(listed(...NEW), listed(...OLD))?.newest).toBe('2026-03-01')
    expect(believed(listed(...NEW), undated)?.newest).toBe('2026-03-01')
  })
  it('the drawn one counts where the other could not be read, and not where it could not be read itself', () => {
    expect(believed(ofScript, undated)?.outcome).toBe('undated')
    expect(believed(undated, ofScript)).toBe(undated)
    expect(believed(ofScript, null)).toBe(ofScript)
  })
  it('what a script adds was seen, when the page was drawn and that is not newer', () => {
    const partly = { ...listed(...NEW), unseen: 'script' } as const
    expect(believed(partly, listed(...OLD))).not.toHaveProperty('unseen')
    expect(believed(partly, { ...listed(...OLD), unseen: 'rest' })).toHaveProperty('unseen')
  })
})

describe('what a page asked for in vain', () => {
  const MANY = ['2026-01-05', '2026-01-04', '2026-01-03', '2026-01-02', '2026-01-01']
  const list = { all: 1, own: 1, others: 0 }
  const counter = { all: 1, own: 0, others: 0 }
  const said = (sent: Finding | null, drawn: Finding, missed = list) =>
    saidBy(sent, drawn, missed, REF, rulesInForce())
  it.each([
    ['a script draws them', ofScript],
    ['a script draws more', { ...listed(...MANY), unseen: 'script' } as const],
    ['it only leads elsewhere', { ...undated, entrance: true }],
    ['it shows hardly anything', listed('2026-01-05')],
    ['no list on it is dated', undated],
    ['nothing is known of it', null],
  ])('keeps it from being held to be idle, where what is sent does not show its lists: %s', (_, sent) => {
    expect(said(sent, undated)).toBe('incomplete')
    expect(said(sent, listed('2026-01-05'))).toBe('incomplete')
    expect(said(sent, listed(...MANY))).toBe('incomplete')
    expect(said(sent, listed(...NEW))).toMatchObject({ newest: '2026-03-01', unseen: 'script' })
  })
  it('does not, where what is sent shows them, or a counter is missing from a page that does', () => {
    expect(said(listed(...MANY), listed(...MANY))).toMatchObject({ outcome: 'dated' })
    expect(said(undated, undated, counter)).toMatchObject({ outcome: 'undated' })
    expect(said(ofScript, listed(...MANY), counter)).not.toHaveProperty('unseen')
    expect(said(ofScript, undated, counter)).toBe('incomplete')
    expect(said(listed('2026-01-05'), listed('2026-01-05'), counter), 'it was sent').toMatchObject({
      outcome: 'dated',
    })
    expect(said(ofScript, undated, { all: 0, own: 0, others: 0 })).toMatchObject({ outcome: 'undated' })
  })
  it('of another site counts where the page shows hardly anything itself, be it a list or what some service counts', () => {
    const elsewhere = { all: 1, own: 0, others: 1 }
    expect(said(listed('2026-01-05'), listed('2026-01-05'), elsewhere)).toBe('incomplete')
    expect(said(ofScript, listed(...MANY), elsewhere)).toMatchObject({ outcome: 'dated' })
    expect(said(listed(...MANY), listed(...MANY), elsewhere)).toMatchObject({ outcome: 'dated' })
  })
  it('is another thing than a page that cannot be read as it was drawn', () => {
    expect(said(listed(...MANY), ofScript)).toBe('unread')
    expect(said(ofScript, ofScript, { all: 0, own: 0, others: 0 })).toBe('unread')
  })
})

it('while a page is to be drawn first, what was told of its site stands, and nothing worse is told', () => {
  expect((['ok', 'insufficient', 'warning', 'violated'] as const).map(heldBack)).toEqual([
    'insufficient',
    'insufficient',
    'warning',
    'violated',
  ])
})

import { expect, test } from 'vitest'
import { atOnce } from '../../../../server/base/slices.ts'
import { judgeDrawn, unseenToKeep } from '../../../../server/monitor/inspections/content/hidden-drawn.ts'
import type { ToldHidden } from '../../../../server/monitor/inspections/kept.ts'
import type { CheckedPage } from '../../../../server/monitor/page-checks/queries.ts'
import { unseenOf } from '../../../../server/monitor/rendering/browser/unseen/ask.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { saidOf } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import {
  MOST_UNSEEN,
  type PageCheck,
  type Template,
  type UnseenBlock,
} from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import { SITE } from '../pages.ts'

const DAY_OF_LOOK = new Date('2026-11-20T00:00:00Z')
const link = (text: string, host = 'www.qx778.com') => ({ href: `http://${host}/`, text })
const block = (links: UnseenBlock['links'], change: Partial<UnseenBlock> = {}): UnseenBlock => ({
  ...{ by: 'offscreen', isLater: false, own: 0, links, text: links.map(({ text }) => text).join(' ') },
  ...change,
})
const looked = (
  unseen: PageCheck['unseen'] | readonly UnseenBlock[],
  template: Template = 'home',
): CheckedPage => ({
  ...{ template, url: `${SITE.url}${template}`, at: DAY_OF_LOOK, isOld: false, reason: null },
  found: {
    ...{ axe: '4', load: null, access: [] },
    ...(unseen !== undefined && {
      unseen: Array.isArray(unseen) ? { blocks: unseen, isCut: false } : unseen,
    }),
  } as PageCheck,
})
const said = (pages: readonly CheckedPage[], told: readonly ToldHidden[] = [], canRender = true) =>
  atOnce(judgeDrawn(SITE, pages, told, canRender))
const BETTING = block([link('澳门新葡京官网'), link('合作单位', 'www.kk990.net')])

test('a place with bad links is one problem on however many pages, with who they lead to and how they are hidden', () => {
  const found = said([
    looked([BETTING]),
    looked([BETTING, block([link('真人视讯', 'www.v9.cc')], { by: 'covered' })], 'list'),
  ])
  expect(found).toMatchObject({
    problems: [
      {
        ...{
          key: 'qx778.com',
          told: 'qx778.com',
          url: `${SITE.url}home`,
          outline: { href: 'http://www.qx778.com/' },
        },
        ...{
          excerpt: '澳门新葡京官网 (www.qx778.com)',
          detail: { by: 'offscreen', links: 1, all: 2, page: 'home list' },
        },
      },
      { key: 'v9.cc', url: `${SITE.url}list`, detail: { by: 'covered' } },
    ],
  })
  const rule = inspectionRule('hidden-links-drawn')
  const [problem] = found.outcome === 'found' ? found.problems : []
  expect(rule && saidOf(rule, problem?.detail ?? {})?.zh).toBe('1 个看不见的链接，指向 qx778.com')
})

test('what the page as it was sent tells is not told again, nor what is gone since the browser looked', () => {
  const before = new Date(DAY_OF_LOOK.getTime() - 1)
  const after = new Date(DAY_OF_LOOK.getTime() + 1)
  const toldOf = (goneAt: Date | null, ...domains: string[]) =>
    said([looked([BETTING])], [{ domains, goneAt }]).outcome
  expect(toldOf(null, 'abc.com', 'qx778.com')).toBe('clear')
  expect(toldOf(after, 'qx778.com')).toBe('clear')
  expect(toldOf(before, 'qx778.com'), 'it was gone, and the browser saw it again').toBe('found')
  expect(toldOf(null, 'kk990.net'), 'what is not bad says nothing').toBe('found')
})

test('phrases for search engines and words around say it only where nobody opens the place, and strangers alone are led to', () => {
  const phrase = link('足球比分')
  const around = block([link('点击进入')], { text: '澳门赌场开户 点击进入' })
  const outcome = (one: UnseenBlock) => said([looked([one])]).outcome
  for (const one of [block([phrase]), around]) {
    expect(outcome(one)).toBe('found')
    expect(outcome({ ...one, isLater: true })).toBe('clear')
    expect(outcome({ ...one, own: 1 })).toBe('clear')
    expect(outcome({ ...one, links: [...one.links, link('省政府', 'www.gd.gov.cn')] })).toBe('clear')
  }
  expect(outcome(block([link('澳门新葡京官网', 'www.gz.gov.cn')])), 'an office’s own').toBe('clear')
  expect(outcome({ ...BETTING, isLater: true, own: 3 }), 'betting is none of a menu').toBe('found')
})

const not = (change: Partial<CheckedPage>): CheckedPage => ({
  ...looked([]),
  at: null,
  found: null,
  ...change,
})
test.each([
  [[], true, 'accessNever'],
  [[looked(undefined)], true, 'accessWithout'],
  [[looked('late')], true, 'accessLate'],
  [[looked({ blocks: [], isCut: true })], true, 'accessLate'],
  [[looked('failed'), not({ reason: 'http_error' })], true, 'accessFailed'],
  [[not({ reason: 'blocked' })], true, 'accessBlocked'],
  [[not({ at: DAY_OF_LOOK, isOld: true })], true, 'accessOld'],
  [[], false, 'accessNoRenderer'],
] as const)('what no browser has seen is not measured, with the reason: %#', (pages, canRender, reason) => {
  const missed = { outcome: 'unmeasured', reason }
  expect(said(pages, [], canRender)).toEqual({ ...missed, looked: [] })
  const other = looked([BETTING], 'article')
  const found = { outcome: 'found', looked: ['article'] }
  expect(said([...pages, other], [], canRender), 'what one page shows is said').toMatchObject(found)
  const isMissed = pages.length > 0
  expect(said([...pages, looked([], 'article')], [], canRender), 'nothing of others').toEqual(
    isMissed ? { ...missed, looked: ['article'] } : { outcome: 'clear' },
  )
})

test('a page that a site does not have is not waited for', () => {
  const none = not({ template: 'article', reason: 'no_such_page' })
  expect(said([looked([]), none])).toEqual({ outcome: 'clear' })
  expect(said([none])).toMatchObject({ outcome: 'unmeasured', reason: 'accessNever' })
})

test('what is kept of a page is little, and what is bad on it whatever else is', () => {
  const many = Array.from({ length: 60 }, (_, n) => block(Array(30).fill(link('友情链接', `www.f${n}.com`))))
  const bad = block([
    ...Array(200).fill(link('友情链接', 'www.friend.com')),
    { ...link('六合彩'), href: 'http://www.lhc.cc/13800138000' },
  ])
  const url = `${SITE.url}home`
  const cover = (text: string) => text.replace('13800138000', '***')
  const kept = atOnce(
    unseenToKeep(
      { blocks: [...many, block([link('首页', 'www.thnet.gov.cn')]), bad], isCut: true },
      url,
      cover,
    ),
  )
  expect(kept.isCut).toBe(true)
  expect(kept.blocks[0]?.links[0]).toEqual({ href: 'http://www.lhc.cc/', text: '六合彩' })
  const links = kept.blocks.flatMap((one) => one.links)
  expect([links.length, kept.blocks.length <= MOST_UNSEEN.blocks]).toEqual([MOST_UNSEEN.links, true])
  expect(said([looked(kept)])).toMatchObject({ problems: [{ key: 'lhc.cc' }] })
})

test('what leads to offices and is not kept is still known, and a host that must not be kept is not', () => {
  const many = Array.from({ length: 85 }, (_, n) => link(n === 3 ? '学历毕业证' : '某网站', `www.f${n}.com`))
  const offices = Array.from({ length: 5 }, (_, n) => link('某局', `www.j${n}.gov.cn`))
  const menu = block([...many, ...offices], { by: 'display' })
  const keep = (one: UnseenBlock) =>
    atOnce(
      unseenToKeep({ blocks: [one], isCut: false }, `${SITE.url}home`, (text) =>
        text.replace(/\d{11}/, '***'),
      ),
    )
  expect([said([looked([menu])]).outcome, said([looked(keep(menu))]).outcome]).toEqual(['clear', 'clear'])
  const own = keep(block([link('六合彩', '13812345678.com'), link('六合彩', 'www.lhc.cc')]))
  expect(own.blocks[0]?.links).toEqual([link('六合彩', 'www.lhc.cc')])
})

test('what a page says that it hides is believed in its shape only', () => {
  const one = block([{ href: 'http://a.cc/', text: `百\0家乐\ud800${'x'.repeat(900)}` }])
  const of = (change: object) => unseenOf(JSON.stringify({ blocks: [{ ...one, ...change }], isCut: false }))
  const [kept] = of({})?.blocks[0]?.links ?? []
  expect([
    kept?.text.isWellFormed(),
    kept?.text.includes('\0'),
    (kept?.text.length ?? 0) <= MOST_UNSEEN.said,
  ]).toEqual([...[true, false, true]])
  for (const wrong of [
    ...[{ by: 'magic' }, { own: -1 }, { isLater: 'no' }, { text: 7 }, { links: [{ href: 'x', text: '' }] }],
    ...[{ links: [link('x', `${'a'.repeat(400)}.cc`)] }, { links: {} }],
  ])
    expect(of(wrong), JSON.stringify(wrong).slice(0, 40)).toBeNull()
  for (const said of [undefined, 7, '', '{', '[]', 'x'.repeat(1_000_001)]) expect(unseenOf(said)).toBeNull()
  expect(unseenOf(JSON.stringify({ blocks: Array(401).fill(one), isCut: false }))).toBeNull()
})

import { describe, expect, it } from 'vitest'
import type { DemoSite } from '../../../server/demo/cast/register.ts'
import { ENCODINGS, LOOKS } from '../../../server/demo/cast/traits.ts'
import { answerTo, PageCache, unzipped } from '../../../server/demo/fleet/answers.ts'
import { Director } from '../../../server/demo/fleet/director.ts'
import { articlePage, homePage, REFRESH_TARGET, type Scene } from '../../../server/demo/fleet/pages/pages.ts'
import { newestItem } from '../../../server/demo/fleet/publishing.ts'
import { behaviourAt, truthAt } from '../../../server/demo/fleet/script.ts'
import { readPage } from '../../../server/monitor/read/read.ts'
import { HOUR, localDay } from '../../../shared/base/time.ts'
import { patient } from '../../support/run/patience.ts'
import { NOW, sites } from './support.ts'

const sceneOf = (site: DemoSite, atMs = NOW): Scene => ({ site, behaviour: behaviourAt(site, atMs), atMs })
const homeOf = (scene: Scene) =>
  answerTo(scene, scene.behaviour.traits.home === 'refresh' ? REFRESH_TARGET : '/', new PageCache(1_000_000))
const read = (scene: Scene, atMs: number) => {
  const answer = homeOf(scene)
  const headers = { 'content-type': answer.contentType }
  const url = `http://${scene.site.host}/`
  return readPage({ bytes: unzipped(answer), headers, url, kind: 'home', ref: localDay(atMs) })
}

describe('the pages', () => {
  it('come in six looks, in GBK and in UTF-8, and tell lies about it', () => {
    const traits = sites.map((site) => behaviourAt(site, NOW).traits)
    expect(new Set(traits.map(({ look }) => look))).toEqual(new Set(LOOKS))
    expect(new Set(traits.map(({ encoding }) => encoding))).toEqual(new Set(ENCODINGS))
  })

  it('are as large as real ones: 37 KB in the middle', () => {
    const sizes = sites.map((site) => homePage(sceneOf(site)).length).sort((a, b) => a - b)
    expect(sizes[320]).toBeGreaterThan(25_000)
    expect(sizes[320]).toBeLessThan(45_000)
    expect(sizes[639]).toBeLessThan(80_000)
  })

  it('stay the same byte by byte until something is published, but for visit counters', () => {
    const night = Date.parse('2026-03-10T01:00:00+08:00')
    for (const site of sites) {
      const before = unzipped(homeOf(sceneOf(site, night)))
      const after = unzipped(homeOf(sceneOf(site, night + 5 * HOUR)))
      const { counter } = behaviourAt(site, night).traits
      expect(before.equals(after), site.host).toBe(!counter)
    }
  })

  it('lead from the home page to lists and articles that exist', () => {
    const cache = new PageCache(1_000_000)
    for (const site of sites.filter((_, index) => index % 16 === 0)) {
      const scene = sceneOf(site)
      const hrefs = [...homePage(scene).matchAll(/href="([^"#]+)"/g)].map(([, href]) =>
        href!.replace(/^\.\//, '/'),
      )
      const gone = hrefs.filter((href) => href.startsWith('/') && answerTo(scene, href, cache).status !== 200)
      expect(
        gone.filter((href) => !href.startsWith('/zt/closed-')),
        site.host,
      ).toEqual([])
    }
  })

  it('name a site code in the footer of nearly every home page, nearly always the right one', () => {
    const named = sites.map((site) => /网站标识码：(\d{10})/.exec(homePage(sceneOf(site)))?.[1] === site.code)
    const wrong = named.filter((isRight) => !isRight).length
    expect(wrong).toBeGreaterThan(5)
    expect(wrong).toBeLessThan(40)
  })

  it('show the newest date that the script says, as the reader reads it', {
    timeout: patient(60_000),
  }, () => {
    for (const atMs of [NOW, NOW - 40 * 24 * HOUR]) {
      const missed: string[] = []
      let dated = 0
      for (const site of sites) {
        const truth = truthAt(site, atMs)
        const finding = read(sceneOf(site, atMs), atMs)
        if (truth.reading === 'dated') dated++
        else expect(finding.newest, `${site.host} shows no dates`).toBeNull()
        if (finding.newest !== truth.newest)
          missed.push(`${site.host}: ${finding.newest}, not ${truth.newest}`)
      }
      const agreement = ((dated - missed.length) * 100) / dated
      console.log(`reader and script agree on ${agreement.toFixed(1)} % of ${dated} dated home pages`)
      expect(agreement, missed.join('\n')).toBeGreaterThanOrEqual(99)
    }
  })
})

describe('by hand', () => {
  it('a healed site shows an item of today, a stale one nothing of the last 30 days', () => {
    const director = new Director(640)
    const items = ['undated', 'forged', null].map((home) => {
      const site = sites.find((candidate) => behaviourAt(candidate, NOW).traits.home === home)!
      director.heal(site.code, NOW)
      return read({ site, behaviour: director.behaviourOf(site, NOW + 1), atMs: NOW + 1 }, NOW).newest
    })
    expect(items).toEqual(items.map(() => localDay(NOW)))
    const site = sites.find((candidate) => truthAt(candidate, NOW).state === 'healthy')!
    director.makeStale(site.code, NOW)
    const stale = { site, behaviour: director.behaviourOf(site, NOW), atMs: NOW }
    expect(read(stale, NOW).newest! <= localDay(NOW - 30 * 24 * HOUR)).toBe(true)
  })

  it('a neglected site that is healed keeps its old items below the new one', () => {
    const site = sites.find((candidate) => truthAt(candidate, NOW).state === 'dormant')!
    const director = new Director(640)
    director.heal(site.code, NOW)
    const behaviour = director.behaviourOf(site, NOW)
    const item = newestItem(behaviour.publisher, NOW, behaviour.edition)!
    expect(articlePage({ site, behaviour, atMs: NOW }, item.id)).toContain('2026-03-10 11:00')
    expect(homePage({ site, behaviour, atMs: NOW }).match(/<li|<tr|<TR/g)!.length).toBeGreaterThan(10)
  })
})

describe('the cache', () => {
  it('makes a page once for each version, and forgets the oldest when it is full', () => {
    const cache = new PageCache(200)
    let made = 0
    const page = () => {
      made++
      return Buffer.from('页'.repeat(10))
    }
    cache.gzipped('a', '1', page)
    cache.gzipped('a', '1', page)
    expect(made).toBe(1)
    cache.gzipped('a', '2', page)
    expect(made).toBe(2)
    for (const key of 'bcdefghij') cache.gzipped(key, '1', page)
    expect(cache.bytes).toBeLessThanOrEqual(200)
    cache.gzipped('a', '2', page)
    expect(made).toBe(12)
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { headersOf, lineOf } from '../../server/demo/cast/line.ts'
import type { DemoSite } from '../../server/demo/cast/register.ts'
import { servicesOf } from '../../server/demo/cast/services.ts'
import { titleOf } from '../../server/demo/cast/titles.ts'
import { newestItem } from '../../server/demo/fleet/publishing.ts'
import { behaviourAt } from '../../server/demo/fleet/script.ts'
import { lineSeen } from '../../server/demo/lines.ts'
import { answerOn } from '../../server/monitor/inspections/marks/own-search.ts'
import {
  type SearchWords,
  searchForm,
  searchUrl,
} from '../../server/monitor/inspections/marks/search-form.ts'
import { parsePage } from '../../server/monitor/inspections/page/parsed.ts'
import { interviews, surveys } from '../../server/monitor/inspections/pages/activities.ts'
import { guideElements } from '../../server/monitor/inspections/pages/guides.ts'
import type { SiteRule, Tools } from '../../server/monitor/inspections/rule.ts'
import { measureLine } from '../../server/monitor/line/measure.ts'
import { type AskingProber, createProber } from '../../server/monitor/visit/visit.ts'
import { inspectionRule } from '../../shared/monitor/inspections/catalogue.ts'
import { retrieved, SITE } from '../monitor/inspections/pages.ts'
import { NOW, openWorld, sites, type World } from './fleet/support.ts'

/* The past of the demo says what its sites show: both are of the same script, and here the monitor looks at them. */

let world: World
let prober: AskingProber
beforeAll(async () => {
  world = await openWorld()
  const { ca, hosts6 } = world.fleet
  prober = createProber({
    userAgent: 'fleet test',
    deadlineMs: 5_000,
    allowHosts: ['*.localhost'],
    hosts: { '*.localhost': '127.0.0.1' },
    hosts6,
    ca,
    nowMs: () => NOW,
  })
})
afterAll(async () => {
  prober.close()
  await world.close()
})

const behaviour = (site: DemoSite) => behaviourAt(site, NOW)
/** Well, quick, and with a home page of its own: the others are another test's. */
const plain = sites.filter((site) => {
  const { outage, traits } = behaviour(site)
  return outage === null && traits.home === null && traits.latencyMs < 100
})
const saltOf = (site: DemoSite) => behaviour(site).publisher.salt

describe('the line of a made-up site', () => {
  const kinds = new Map(plain.map((site) => [JSON.stringify([site.scheme, lineOf(site)]), site]))
  const some = [...kinds.values()].slice(0, 24)

  test('is what its past says it was', async () => {
    expect(some.length).toBe(24)
    const hasSix = Object.keys(world.fleet.hosts6).length > 0
    const ports = { http: world.fleet.httpPort, https: world.fleet.httpsPort }
    const limits = { slowMs: 3_000, same: 0.8, pauseMs: 0 }
    await Promise.all(
      some.map(async (site) => {
        const url = world.urlOf(site)
        const past = lineSeen(site, url, 50, hasSix)
        const pages = { second: [world.urlOf(site, '/about/duties.html')], third: [] }
        const seen = await measureLine(
          { url, pages, secureBefore: past.secure },
          { prober, ports, limits, signal: new AbortController().signal, wait: async () => {} },
        )
        if (typeof seen === 'string') throw new Error(`${site.host}: ${seen}`)
        const said = ({ six, secure, headers }: typeof past) => ({
          ...{
            six: six.state,
            behind: six.second && six.second.opened / six.second.asked,
            isSame: six.same === null ? null : six.same > 0.8,
          },
          ...{
            secure: secure.state,
            redirection: secure.redirection,
            hsts: secure.hstsAge,
            grade: headers.grade,
          },
        })
        expect({ host: site.host, ...said(seen) }).toEqual({ host: site.host, ...said(past) })
      }),
    )
  })

  test('is of each kind somewhere, and most are not at their best', () => {
    const count = (is: (site: DemoSite) => boolean) => sites.filter(is).length
    for (const six of ['none', 'opens', 'fails', 'other', 'home'] as const)
      expect(
        count((site) => lineOf(site).six === six),
        six,
      ).toBeGreaterThan(5)
    expect(count((site) => lineOf(site).mixed)).toBeGreaterThan(5)
    expect(count((site) => Object.keys(headersOf(lineOf(site), true)).length === 0)).toBeGreaterThan(100)
  })
})

describe('what a made-up site has of services', () => {
  const get = async (site: DemoSite, path: string) => {
    const visit = await prober.visit({ url: world.urlOf(site, path) })
    return {
      visit,
      parsed: parsePage(
        visit.body ?? new Uint8Array(),
        visit.headers['content-type'],
        world.urlOf(site, path),
      ),
    }
  }
  const oneOf = (is: (services: ReturnType<typeof servicesOf>) => boolean): DemoSite => {
    const found = plain.find((site) => is(servicesOf(saltOf(site))))
    if (!found) throw new Error('there is no such site')
    return found
  }
  const measured = async (rule: SiteRule, site: DemoSite) => {
    const { visit } = await get(site, '/')
    const home = retrieved(visit.body ?? '', {
      url: world.urlOf(site),
      finalUrl: world.urlOf(site),
      depth: 0,
      headers: visit.headers,
    })
    const tools = {
      visit: (target: { url: string }) => prober.visit(target),
      isSpent: false,
      home,
      limits: inspectionRule(rule.id)?.limits ?? {},
      signal: new AbortController().signal,
    }
    return rule.measure({ ...SITE, isPortal: false, today: '2026-03-10' }, tools as Partial<Tools> as Tools)
  }

  test('its guides have all elements, but for those that lack some', async () => {
    for (const site of [
      oneOf(({ guideLacks }) => guideLacks.length === 0),
      oneOf(({ guideLacks }) => guideLacks.length > 0),
    ]) {
      const { guideLacks } = servicesOf(saltOf(site))
      const { visit, parsed } = await get(site, '/about/guide-3.html')
      const page = retrieved(visit.body ?? '', { headers: visit.headers })
      const outcome = await guideElements.look(page, parsed, SITE, inspectionRule('page-guide')?.limits ?? {})
      expect(outcome.outcome).toBe(guideLacks.length > 0 ? 'found' : 'clear')
      if (outcome.outcome === 'found')
        expect(outcome.problems[0]?.detail.missing).toBe(
          [...guideLacks].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).join(','),
        )
    }
  })
  const SEARCH_WORDS = inspectionRule('mark-own-search')?.limits as unknown as SearchWords
  const ORDER = ['name', 'basis', 'conditions', 'papers', 'place', 'hours', 'phone', 'procedure']

  test('its search finds the newest title, where it works', async () => {
    for (const search of ['works', 'stale', 'broken'] as const) {
      const site = oneOf((services) => services.search === search)
      const { parsed } = await get(site, '/')
      const form = searchForm(parsed, world.urlOf(site), SEARCH_WORDS)
      const { publisher } = behaviour(site)
      const item = newestItem(publisher, NOW)
      const title = item ? titleOf(item, site.unit, publisher.salt) : ''
      if (!form) throw new Error(`${site.host} has no search`)
      const { visit, parsed: page } = await get(
        site,
        new URL(searchUrl(form, title)).pathname + new URL(searchUrl(form, title)).search,
      )
      const answer =
        visit.result.outcome === 'ok'
          ? answerOn(
              page,
              title,
              world.urlOf(site),
              inspectionRule('mark-own-search')?.limits.none as readonly string[],
            )
          : 'broken'
      expect(answer, search).toBe(search === 'works' ? 'found' : search === 'stale' ? 'none' : 'broken')
    }
  })

  test('its surveys and interviews are counted', async () => {
    const few = oneOf(({ surveys: n }) => typeof n === 'number' && n > 0 && n < 3)
    expect(await measured(surveys, few)).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'few', detail: { count: servicesOf(saltOf(few)).surveys } }],
    })
    expect(
      await measured(
        surveys,
        oneOf(({ surveys: n }) => n === 0),
      ),
    ).toMatchObject({ outcome: 'found', problems: [{ key: 'none' }] })
    expect(
      await measured(
        surveys,
        oneOf(({ surveys: n }) => n === 'plain'),
      ),
    ).toMatchObject({ outcome: 'unmeasured' })
    expect(
      await measured(
        interviews,
        oneOf(({ interviews: n }) => typeof n === 'number' && n >= 6),
      ),
    ).toEqual({ outcome: 'clear' })
  })
})

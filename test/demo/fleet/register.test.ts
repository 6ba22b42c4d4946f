import { describe, expect, it } from 'vitest'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { SITE_CODE } from '../../../shared/register/sites/sites.ts'
import { GROUPS } from '../../support/registers/guangzhou.ts'

const sites = demoRegister()
const countOf = (district: string) => sites.filter((site) => site.district === district).length

describe('the demonstration register', () => {
  it('has the 640 sites of the press report: 1 portal, 95 departments, Tianhe 65, Yuexiu 5', () => {
    expect(sites).toHaveLength(640)
    expect(countOf('4401-portal')).toBe(1)
    expect(countOf('4401-dept')).toBe(95)
    expect(countOf('440106')).toBe(65)
    expect(countOf('440104')).toBe(5)
  })

  it('gives each of the nine other districts more than Yuexiu and fewer than Tianhe', () => {
    const others = GROUPS.filter(({ code }) => /^\d+$/.test(code) && code !== '440106' && code !== '440104')
    const counts = others.map(({ code }) => countOf(code))
    expect(counts).toHaveLength(9)
    expect(Math.min(...counts)).toBeGreaterThan(5)
    expect(Math.max(...counts)).toBeLessThan(65)
    expect(counts.reduce((sum, count) => sum + count)).toBe(474)
  })

  it('gives every site a code, a host and a name of its own', () => {
    for (const field of ['code', 'host', 'name'] as const) {
      expect(new Set(sites.map((site) => site[field])).size, field).toBe(640)
    }
    for (const site of sites) {
      expect(site.code).toMatch(SITE_CODE)
      expect(site.host).toMatch(/^[a-z0-9-]+\.localhost$/)
    }
  })

  it('has one portal for each district', () => {
    const portals = sites.filter((site) => site.level === 'district_portal')
    expect(portals.map((site) => /^广州市(.+)人民政府/.exec(site.name)?.[1])).toEqual(
      GROUPS.slice(2).map((district) => district.name),
    )
  })

  it('puts a good part of each large district on shared platforms', () => {
    const hosted = new Map<string, number>()
    for (const { platform } of sites) if (platform) hosted.set(platform, (hosted.get(platform) ?? 0) + 1)
    expect(hosted.size).toBeGreaterThan(15)
    expect(Math.max(...hosted.values())).toBeGreaterThan(20)
    expect(sites.filter((site) => site.platform === null).length).toBeGreaterThan(100)
  })

  it('is the same list every time', () => {
    expect(demoRegister()).toEqual(sites)
  })
})

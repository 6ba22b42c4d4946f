import { describe, expect, test } from 'vitest'
import { MARK_JUDGES } from '../../../../server/monitor/inspections/marks/judge.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'

describe('the domain of a site', () => {
  const limits = inspectionRule('mark-domain')?.limits ?? {}
  const of = (registered: string) =>
    MARK_JUDGES['mark-domain']?.({ url: registered, registered, imprint: null, checks: [] }, limits).outcome

  test('is told where it does not end as those of governments do', () => {
    const other = [
      'thnet.com',
      'thnet.com.cn',
      'gov.cn.thnet.com',
      'th-gov.cn',
      'thgov.cn',
      'tianhe.org.cn',
      'tianhe.gov',
      'tianhe.gov.cn.com',
      'www.th.cn',
      'th.net.cn',
    ]
    const hosts = [
      ...other,
      ...other.map((one) => `www.${one}`),
      '10.1.2.3',
      '219.137.1.2:8080',
      '[2400:3200::1]',
    ]
    expect(hosts.length).toBeGreaterThanOrEqual(20)
    expect(hosts.filter((host) => of(`http://${host}/`) !== 'found')).toEqual([])
  })

  test('is left alone where it does, and not measured where it is a local name', () => {
    const parts = [
      'tianhe',
      'www.tianhe',
      'th.gz',
      'www.gz',
      'sfj.thnet',
      'a-b.thnet',
      'gz',
      'www.gd',
      'x1',
      'zwfw.gz',
    ]
    const hosts = [
      ...parts.map((one) => `${one}.gov.cn`),
      ...parts.map((one) => `${one}.gov.cn:8080`),
      ...parts.map((one) => `${one}.政务.cn`),
      ...parts.map((one) => `${one}.政务`),
    ]
    expect(hosts.length).toBeGreaterThanOrEqual(40)
    expect(hosts.filter((host) => of(`https://${host}/`) !== 'clear')).toEqual([])
    expect(of('http://tianhe.localhost:8080/')).toBe('unmeasured')
  })
})

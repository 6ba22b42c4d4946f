import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../server/base/config.ts'

describe('the origin that people see', () => {
  it.each([
    ['https://siteward.example.gov.cn/', 'https://siteward.example.gov.cn'],
    ['http://10.1.2.3:3000', 'http://10.1.2.3:3000'],
    ['HTTPS://Siteward.example.gov.cn', 'https://siteward.example.gov.cn'],
  ])('%s is taken as %s', (given, taken) => {
    expect(parseConfig({ PUBLIC_ORIGIN: given }, []).publicOrigin).toBe(taken)
  })

  it.each([
    'https://x.gov.cn/path',
    'https://x.gov.cn/?a=1',
    'https://user@x.gov.cn',
    'localhost:3000',
    'siteward.gov.cn:443',
    'ftp://x.gov.cn',
    'x.gov.cn',
  ])('%s is refused with how to write it', (given) => {
    expect(() => parseConfig({ PUBLIC_ORIGIN: given }, [])).toThrow(
      /^PUBLIC_ORIGIN: .*https:\/\/siteward\.example\.gov\.cn/,
    )
  })
})

it('a number that is blank or a word is refused, not taken for 0', () => {
  expect(() => parseConfig({ READER_THREADS: ' ' }, [])).toThrow(/^READER_THREADS: /)
  expect(() => parseConfig({ VISIT_INTERVAL: 'five' }, [])).toThrow(/^VISIT_INTERVAL: /)
  expect(parseConfig({ READER_THREADS: ' 2 ', VISIT_INTERVAL: '60' }, [])).toMatchObject({
    readerThreads: 2,
    visitIntervalS: 60,
  })
  expect(parseConfig({}, [])).toMatchObject({ readerThreads: undefined, visitIntervalS: 300 })
})

it('a fixed address that is none is refused before a site is called down for it', () => {
  expect(() => parseConfig({ HOSTS: 'www.gov.cn=10.1.2.300' }, [])).toThrow(/^HOSTS: .*10\.1\.2\.300/)
  expect(parseConfig({ HOSTS: 'www.gov.cn=10.1.2.3,*.inner.cn=fd00::1' }, []).hosts).toEqual({
    'www.gov.cn': '10.1.2.3',
    '*.inner.cn': 'fd00::1',
  })
})

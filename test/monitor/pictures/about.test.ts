import { expect, test } from 'vitest'
import { withWords } from '../../../web/base/i18n.ts'
import { useAbout } from '../../../web/monitor/pictures/usePictures.ts'

test('a picture says what it was taken for in words; a code of the census stays as it is known', async () => {
  await withWords(['inspect'], async () => undefined)()
  const aboutOf = useAbout()
  expect(aboutOf({ reason: 'after', rule: 'DOWN' })).toBe('整改后 · 打不开')
  expect(aboutOf({ reason: 'finding', rule: 'S3' })).toBe('人工登记 · S3')
  expect(aboutOf({ reason: 'verdict', rule: 'V2' })).toBe('“网站不更新”的判定有变')
  expect(aboutOf({ reason: 'sight', rule: null })).toBe('每周留存')
})

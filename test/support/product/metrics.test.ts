import { expect, test } from 'vitest'
import { metricsProblems } from './metrics.ts'

const sound = `# HELP siteward_visits_total Visits.
# TYPE siteward_visits_total counter
siteward_visits_total{outcome="ok"} 12
# HELP siteward_seconds Time.
# TYPE siteward_seconds histogram
siteward_seconds_bucket{le="+Inf"} 3
siteward_seconds_sum 0.5
siteward_seconds_count 3
`

test('a sound exposition has no problems', () => {
  expect(metricsProblems(sound)).toEqual([])
})

test.each([
  ['a sample without a type', `${sound}other 1\n`, 'other: has no type before it'],
  ['a sample told twice', `${sound}siteward_seconds_count 3\n`, 'siteward_seconds_count: twice'],
  ['a label that is not closed', `${sound}siteward_visits_total{a="b} 1\n`, 'cannot be parsed'],
  ['a value that is none', sound.replace(' 12', ' many'), 'cannot be parsed'],
  ['a counter by another name', sound.replaceAll('visits_total', 'visits'), 'must end in _total'],
  ['milliseconds', sound.replaceAll('siteward_seconds', 'siteward_ms'), 'not in base units'],
  ['no help', sound.replace(/^# HELP.*\n/, ''), 'no help'],
])('%s is a problem', (_what, text, problem) => {
  expect(metricsProblems(text).join('\n')).toContain(problem)
})

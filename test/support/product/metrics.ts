const LINE = /^([a-zA-Z_:][\w:]*)(\{.*\})? ([-+]?(?:[\d.]+(?:e[-+]?\d+)?|Inf)|NaN)( \d+)?$/i
const LABELS = /^\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*\}$/
const SUFFIX = /_(bucket|sum|count)$/

/**
 * What `promtool check metrics` would complain of in a text exposition: lines that cannot be parsed, samples
 * before their type, doubles, counters that do not end in `_total`, names without help, base units.
 */
export function metricsProblems(text: string): string[] {
  const problems: string[] = []
  const types = new Map<string, string>()
  const helps = new Set<string>()
  const seen = new Set<string>()
  if (!text.endsWith('\n')) problems.push('the last line has no end')
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? []
    if (word === 'HELP') helps.add(name)
    else if (word === 'TYPE') {
      if (types.has(name)) problems.push(`${name}: typed twice`)
      types.set(name, rest)
    } else if (!line.startsWith('#')) problems.push(...sampleProblems(line, types, seen))
  }
  for (const [name, type] of types) problems.push(...nameProblems(name, type, helps))
  return problems
}

function sampleProblems(line: string, types: Map<string, string>, seen: Set<string>): string[] {
  const [, name = '', labels = ''] = LINE.exec(line) ?? []
  if (!name || (labels && !LABELS.test(labels))) return [`cannot be parsed: ${line}`]
  const problems: string[] = []
  if (!types.has(name) && !types.has(name.replace(SUFFIX, '')))
    problems.push(`${name}: has no type before it`)
  if (seen.has(name + labels)) problems.push(`${name}${labels}: twice`)
  seen.add(name + labels)
  return problems
}

function nameProblems(name: string, type: string, helps: Set<string>): string[] {
  const problems: string[] = []
  if (!helps.has(name)) problems.push(`${name}: no help`)
  // The default metrics of prom-client say what Node says, under Node's own names.
  if (name.startsWith('nodejs_')) return problems
  if (type === 'counter' && !name.endsWith('_total')) problems.push(`${name}: a counter must end in _total`)
  if (type !== 'counter' && name.endsWith('_total')) problems.push(`${name}: only a counter ends in _total`)
  if (/_(ms|milliseconds|minutes|hours|kilobytes|megabytes|percent)(_|$)/.test(name)) {
    problems.push(`${name}: not in base units`)
  }
  return problems
}

/** One line of the table: what was measured, how much, and what it should be. */
export interface Figure {
  readonly name: string
  readonly value: string
  readonly target: string
  /** Whether the target was met; null where there is none. */
  readonly ok?: boolean | null
}

/** A figure that should not exceed `max`. */
export function atMost(name: string, value: number, max: number, unit: string, digits = 0): Figure {
  return {
    name,
    value: `${value.toFixed(digits)} ${unit}`,
    target: `≤ ${max} ${unit}`,
    ok: value <= max,
  }
}

/** A figure for information. */
export function told(name: string, value: number, unit: string, digits = 0): Figure {
  return { name, value: `${value.toFixed(digits)} ${unit}`, target: '', ok: null }
}

/** The value below which the share `p` (0 to 1) of `values` lies. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN
}

/** The figures as an aligned table; Chinese characters do not occur in it. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, target, ok }) => {
    const verdict = ok === true ? 'ok' : ok === false ? 'MISSED' : ''
    return [name, value, target, verdict]
  })
  const all = [['figure', 'measured', 'target', ''], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map(([name = '', value = '', target = '', verdict = '']) =>
      [name.padEnd(widths[0]!), value.padStart(widths[1]!), target.padEnd(widths[2]!), verdict]
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

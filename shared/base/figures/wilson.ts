/**
 * Wilson's score interval of a share: what lies behind so few counted, at the confidence of which `z` is the normal quantile.
 * @returns both ends, from 0 to 1; null of nothing
 */
export function wilson(hits: number, n: number, z: number): readonly [low: number, high: number] | null {
  if (n === 0) return null
  const share = hits / n
  const centre = share + (z * z) / (2 * n)
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const whole = 1 + (z * z) / n
  return [Math.max(0, (centre - spread) / whole), Math.min(1, (centre + spread) / whole)]
}

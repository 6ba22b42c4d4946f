/** How the area of a layer is filled; a line of it is drawn whole or in dashes. */
export type Texture = 'plain' | 'hatched' | 'dotted'

/** How one meaning is drawn in every chart, whatever it counts. */
export interface Layer {
  /** A token of the theme, so that a change of theme needs no new chart. */
  readonly color: string
  readonly texture: Texture
  /** Of a line, as in `stroke-dasharray`; whole unless given. */
  readonly dash?: string
  /**
   * What stands on the line and in the legend: an outline in a box of 24 × 24, filled by the even-odd rule. States have
   * theirs from their noun.
   */
  readonly mark?: string
}

const CIRCLE = 'M12 3A9 9 0 0 1 12 21A9 9 0 0 1 12 3Z'
const SQUARE = 'M4 4H20V20H4Z'
const DIAMOND = 'M12 1 23 12 12 23 1 12Z'
const TRIANGLE = 'M12 2 23 21H1Z'
const RING = `${CIRCLE} M12 7A5 5 0 0 1 12 17A5 5 0 0 1 12 7Z`
const CROSS = 'M3 7 7 3 12 8 17 3 21 7 16 12 21 17 17 21 12 16 7 21 3 17 8 12Z'
const BAR = 'M1 9H23V15H1Z'

const plain = (token: string, mark?: string, dash?: string): Layer => ({
  color: `var(--${token})`,
  texture: 'plain',
  ...(mark && { mark }),
  ...(dash && { dash }),
})

/**
 * Every meaning that a chart has a layer for. Layers that lie beside each other differ in brightness by
 * `LEAST_STEP` at least, in both themes (`test/city/overview/grey.test.ts`), hatching is warning's alone, and what is
 * overdue has one colour on every screen. Blue of links and buttons is no layer.
 */
export const LAYERS = {
  dead: plain('chart-dead'),
  down: plain('down'),
  dormant: plain('chart-dormant'),
  warning: { color: 'var(--warning)', texture: 'hatched' },
  unknown: { color: 'var(--unknown)', texture: 'dotted' },
  healthy: plain('healthy'),
  paused: plain('paused'),

  overdue: plain('overdue', TRIANGLE),
  open: plain('text', CIRCLE),
  due: plain('text-2', RING, '7 5'),
  raised: plain('text-3', SQUARE),
  closed: plain('chart-quiet', BAR),

  busiest: plain('text-3', SQUARE),
  limit: plain('text-2', RING, '7 5'),

  untimely: plain('text', CIRCLE),
  inaccurate: plain('text-3', DIAMOND, '5 3'),
  unresponsive: plain('text-2', RING, '7 5'),
  unusable: plain('text-3', SQUARE),

  average: plain('text', CIRCLE),
  slowest: plain('text-3', DIAMOND, '5 3'),
  failed: plain('chart-dead', CROSS),
  excluded: { color: 'var(--unknown)', texture: 'dotted', mark: RING },
} satisfies Record<string, Layer>

export type LayerName = keyof typeof LAYERS

export const layerOf = (name: LayerName): Layer => LAYERS[name]

/** Contrast (as WCAG 2 counts it) between layers that touch, texture and all. */
export const LEAST_STEP = 1.25

/** One repetition of a texture: px, and how much of it is of the layer's colour. */
export const TEXTURES = {
  plain: { size: 1, ink: 1 },
  hatched: { size: 6, ink: 0.55 },
  dotted: { size: 5, ink: 0.28 },
} as const satisfies Record<Texture, { readonly size: number; readonly ink: number }>

/** The same texture as a background, for bands that are no SVG. */
export function backgroundOf(name: LayerName): string {
  const { color, texture } = layerOf(name)
  const { size, ink } = TEXTURES[texture]
  if (texture === 'plain') return color
  if (texture === 'hatched') {
    return `repeating-linear-gradient(135deg, ${color} 0 ${size * ink}px, transparent 0 ${size}px)`
  }
  return `radial-gradient(${color} ${radiusOf(size, ink)}px, transparent 0) 0 0 / ${size}px ${size}px`
}

/** Of the dot in a square of `size` that covers `ink` of it, px. */
export function radiusOf(size: number, ink: number): number {
  return Math.round(size * Math.sqrt(ink / Math.PI) * 100) / 100
}

import type { SiteState } from '../../../../shared/register/sites/states.ts'

/** What a mark can show: a state, or a warning that is one unconfirmed failure. */
export type MarkKind = SiteState | 'suspect'

const TRIANGLE = 'M12 2.5 23 21.5H1Z M12 7.4 5.2 19H18.8Z'

/**
 * One outline for each state in a box of 24 × 24, filled by the even-odd rule, so that a mark is a single path in
 * HTML and on the wall. Shapes differ in outline, so that they can be told apart without colour.
 */
export const MARKS: Readonly<Record<MarkKind, string>> = {
  dead:
    'M4 1H20A3 3 0 0 1 23 4V20A3 3 0 0 1 20 23H4A3 3 0 0 1 1 20V4A3 3 0 0 1 4 1Z ' +
    'M7.8 5.6 5.6 7.8 9.8 12 5.6 16.2 7.8 18.4 12 14.2 16.2 18.4 18.4 16.2 14.2 12 18.4 7.8 16.2 5.6 12 9.8Z',
  down: 'M1.5 3.5H22.5L12 22Z',
  dormant: 'M12 1.5A10.5 10.5 0 0 1 12 22.5A10.5 10.5 0 0 1 12 1.5Z M12 4A8 8 0 0 1 12 20Z',
  warning: TRIANGLE,
  suspect: `${TRIANGLE} M10.6 10.5H13.4V14.5H10.6Z M10.6 15.7H13.4V18H10.6Z`,
  unknown:
    'M2.5 2.5H7V5H5V7H2.5Z M17 2.5H21.5V7H19V5H17Z M2.5 17H5V19H7V21.5H2.5Z M19 17H21.5V21.5H17V19H19Z ' +
    'M10 2.5H14V5H10Z M10 19H14V21.5H10Z M2.5 10H5V14H2.5Z M19 10H21.5V14H19Z',
  healthy:
    'M7.5 6H16.5A1.5 1.5 0 0 1 18 7.5V16.5A1.5 1.5 0 0 1 16.5 18H7.5A1.5 1.5 0 0 1 6 16.5V7.5A1.5 1.5 0 0 1 7.5 6Z',
  paused: 'M4.5 10.5H19.5V13.5H4.5Z',
}

/** What can stand on a tile that is filled with its state's colour. */
export type GlyphKind = 'dead' | 'down' | 'dormant' | 'warning' | 'suspect'

/**
 * The same shapes, smaller, to be cut out of a filled tile: they take little of it, so that seen from afar it is the
 * colour that shines.
 */
export const GLYPHS: Readonly<Record<GlyphKind, string>> = {
  dead: 'M7.3 5.2 5.2 7.3 9.9 12 5.2 16.7 7.3 18.8 12 14.1 16.7 18.8 18.8 16.7 14.1 12 18.8 7.3 16.7 5.2 12 9.9Z',
  down: 'M5.5 7H18.5L12 18.5Z',
  dormant: 'M12 4.5A7.5 7.5 0 0 1 12 19.5A7.5 7.5 0 0 1 12 4.5Z M12 6.7A5.3 5.3 0 0 1 12 17.3Z',
  warning: 'M12 4.5 20.5 19H3.5Z M12 8.8 7.2 17H16.8Z',
  suspect: 'M12 4.5 20.5 19H3.5Z M12 8.8 7.2 17H16.8Z',
}

export const isGlyph = (kind: MarkKind): kind is GlyphKind => Object.hasOwn(GLYPHS, kind)

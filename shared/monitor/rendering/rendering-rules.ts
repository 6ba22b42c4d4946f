import limits from './limits.json' with { type: 'json' }

/**
 * By what pages are drawn (渲染): when it begins and ends, how often for a site, what a page may take. Times in the unit that
 * the name ends with; sizes in bytes, or MB where the name says so.
 */
export const RENDERING = limits

/** What a page is drawn for: to be read, to be pictured, or to be checked as a browser has it (`page-checks`). */
export const RENDER_PURPOSES = ['reading', 'picture', 'check'] as const
export type RenderPurpose = (typeof RENDER_PURPOSES)[number]

/**
 * Why a page is to be drawn. `drawn`: a script draws its lists; `undated`: it shows no date; `few`: it shows hardly anything;
 * `older`: its newest date is older than the one that it showed before; `verdict`: a verdict is about to be told of it;
 * `asked`: a person asked; `proof`: a picture is wanted that nobody waits for; `turn`: it is its turn to be checked.
 */
export const RENDER_CAUSES = [
  'drawn',
  'undated',
  'few',
  'older',
  'verdict',
  'asked',
  'proof',
  'turn',
] as const
export type RenderCause = (typeof RENDER_CAUSES)[number]

/**
 * Why a page could not be drawn. `not_open`: it did not open; `refused`: its address is an inner one; `http_error`: it answered
 * with an error; `blocked`: a firewall answered in its place; `late`: it was not drawn in time; `crashed`: it took its process down; `memory`: it took too much memory;
 * `too_much`: it asked for too much; `no_page`: it is a file; `broken_off`: the renderer ended meanwhile; `unread`: what was
 * drawn could not be read; `incomplete`: what it asked for was refused or did not answer, and what was drawn without it says nothing
 * of its lists; `personal`: it shows numbers of persons, which could not be covered, or did before such were.
 */
export const RENDER_REASONS = [
  'not_open',
  'refused',
  'http_error',
  'blocked',
  'late',
  'crashed',
  'memory',
  'too_much',
  'no_page',
  'broken_off',
  'unread',
  'incomplete',
  'personal',
] as const
export type RenderReason = (typeof RENDER_REASONS)[number]

/**
 * How the pages that a verdict rests on were seen. `drawn`: by a browser; `no_renderer`: they could not be rendered, since there was
 * none, and are judged by their source alone.
 */
export const RENDERED = ['drawn', 'no_renderer'] as const
export type Rendered = (typeof RENDERED)[number]

/** How urgent an order is: the higher goes first. Checks let everything go first that somebody or a verdict may wait for. */
export const RENDER_PRIORITY = { turn: -10, usual: 0, verdict: 10, asked: 20 } as const

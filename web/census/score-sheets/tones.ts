/** How what a score sheet comes to stands out: only what fails. */
export const OUTCOME_TONES = { passed: 'plain', failed: 'dead', vetoed: 'dead', open: 'neutral' } as const

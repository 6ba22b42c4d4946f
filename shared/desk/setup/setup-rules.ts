/** From an empty installation to a running room, in the order in which one thing builds on another. */
export const SETUP_STEPS = ['register', 'districts', 'people', 'channels', 'wall'] as const

/** What is met first: in the demo whether to look around in it, otherwise the steps. */
export const SETUP_CARDS = ['demo', ...SETUP_STEPS] as const
export type SetupCard = (typeof SETUP_CARDS)[number]

/** `done` by the facts alone; `skipped` by somebody who will do without. */
export const SETUP_STATES = ['done', 'skipped', 'missing'] as const
